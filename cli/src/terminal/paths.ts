import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Refused } from '#libs/model';

/** A path as the caller meant it, who may stand in another folder. */
export const fromCaller = (path: string): string => resolve(process.env.VIGIE_CALLED_FROM ?? process.cwd(), path);

/** Said before anything is started, asked or sent. @throws Refused naming each that is not there. */
export const mustBeThere = (...paths: readonly string[]): void => {
  const missing = paths.filter((path) => !statSync(path, { throwIfNoEntry: false }));
  if (missing.length) throw new Refused(`there is no file ${missing.join(', ')}`, 'NO_FILE');
};

/** What `partsOf` reads: a path as the caller named it; `-` is what is given to the command. */
export const fileOrInput = (file: string): string | Buffer =>
  file === '-' ? readFileSync(process.stdin.fd) : fromCaller(file);

/** Bytes of a file as the caller named it; `-` is what is given to the command. @throws Refused when it is not there. */
export const bytesOfFile = (file: string): Buffer => {
  if (file === '-') return readFileSync(process.stdin.fd);
  mustBeThere(fromCaller(file));
  return readFileSync(fromCaller(file));
};

/** Of a file that is to be written. @throws Refused when its folder is not there. */
export const mustHaveFolder = (path: string): void => mustBeThere(dirname(path));
