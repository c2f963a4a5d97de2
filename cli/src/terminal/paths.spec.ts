import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '#libs/model';
import { mustBeThere, mustHaveFolder } from './paths.js';

it('names each file that is not there', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-paths-'));
  const [there, one, other] = ['there', 'one', 'other'].map((name) => join(dir, name)) as [string, string, string];
  writeFileSync(there, '');
  mustBeThere(there, dir);
  mustHaveFolder(one);
  expect(() => mustBeThere(one, there, other)).toThrow(new Refused(`there is no file ${one}, ${other}`, 'NO_FILE'));
  expect(() => mustHaveFolder(join(one, 'figures.json'))).toThrow(one);
  rmSync(dir, { recursive: true });
});
