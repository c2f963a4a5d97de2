import { readFileSync } from 'node:fs';

/** The lines of a text that ends them with a line feed; empty ones are left out. */
export const linesIn = (bytes: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start) lines.push(bytes.subarray(start, stop));
    start = stop + 1;
  }
  return lines;
};

/** A file's lines dealt out to so many threads, each share in memory of its own that can be handed over. */
export const sharesOf = (path: string, threads: number): Uint8Array<ArrayBuffer>[] => {
  const lines = linesIn(readFileSync(path));
  return [...Array(threads).keys()].map((share) => {
    const own = lines.filter((_, number) => number % threads === share);
    const bytes = new Uint8Array(own.reduce((sum, { length }) => sum + length + 1, 0)).fill(10);
    let at = 0;
    for (const line of own) {
      bytes.set(line, at);
      at += line.length + 1;
    }
    return bytes;
  });
};
