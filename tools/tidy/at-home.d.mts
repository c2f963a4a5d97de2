/** @returns what of a file's text has its home in libs/terms, with the remedy. */
export function awayFromHome(path: string, text: string): { found: string; remedy: string }[];
