import { resolve } from 'node:path';

/** A path as the caller meant it, who may stand in another folder. */
export const fromCaller = (path: string): string => resolve(process.env.VIGIE_CALLED_FROM ?? process.cwd(), path);
