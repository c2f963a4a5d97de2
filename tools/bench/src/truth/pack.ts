import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refused } from '#libs/model';
import { fromCaller } from '../../../../cli/src/terminal/index.js';

const EXPECTED = 'expected';

/** The developers' data pack, which may lie beside the checkout: `../shared/data`, sought upwards from here. */
export const packPath = (): string | undefined => {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const candidate = join(folder, '..', 'shared', 'data');
    if (existsSync(join(candidate, EXPECTED))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
};

/** The folder asked for, else the pack beside the checkout. @throws Refused when there is none. */
export const findPack = (asked: string | undefined): string => {
  const found = asked === undefined ? packPath() : fromCaller(asked);
  if (found !== undefined && existsSync(join(found, EXPECTED))) return found;
  throw new Refused(
    `the labelled recordings are not ${asked === undefined ? 'beside the checkout (../shared/data)' : `in ${asked}`}: name their folder with --data`,
    'NO_DATA',
  );
};

export const readLines = <T>(...path: string[]): T[] =>
  readFileSync(join(...path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
