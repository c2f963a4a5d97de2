import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Refused } from '#libs/model';
import { rulesInTar, type RuleSource } from '#libs/sigma';

const MAX_BYTES = 256 * 1024 * 1024;

/** Rule files (.yml, .yaml) below a folder, by their path in it, sorted. */
export const rulesUnder = (folder: string): RuleSource[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/i.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

/** Rule files of a folder, a single file or a .tar.gz. @throws Refused when there are none. */
export const readRules = (path: string): RuleSource[] => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Refused(`${path} is not there`, 'NO_FILE');
  const found = stat.isDirectory()
    ? rulesUnder(path)
    : /\.(tar\.gz|tgz)$/.test(path)
      ? rulesInTar(gunzipSync(readFileSync(path), { maxOutputLength: MAX_BYTES }))
      : [{ path, text: readFileSync(path, 'utf8') }];
  if (found.length === 0) throw new Refused(`${path} holds no rules (*.yml)`, 'NO_RULES');
  return found;
};
