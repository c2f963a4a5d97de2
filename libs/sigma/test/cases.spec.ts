import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../src/index.js';
import { packPath } from './pack.js';

/** Rules and events after public reports, with what is right of each line: `line 3: match`. */
const CASES = ['33-yaml-scalars', '47-yaml-anchors', '71-account-id-leading-zero', '76-regex-on-long'];
const folder = join(packPath() ?? '', '..', 'cases', 'sigma');
const test = packPath() !== undefined && existsSync(folder) ? it.each(CASES) : it.skip.each(CASES);

describe(`what others found wrong${existsSync(folder) ? '' : ' (skipped: no ../shared/cases)'}`, () => {
  test('%s is right', (name) => {
    const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8');
    const set = compile([{ path: 'rule.yml', text: read('rule.yml') }]);
    expect(set.failures).toEqual([]);
    const logsource = read('rule.yml').includes('product: aws') ? 'aws-cloudtrail' : 'windows';
    const told = [...read('expected.txt').matchAll(/^line (\d+): (match|no match)$/gm)];
    const lines = read('events.ndjson').split('\n');
    const found = told.map(([, line]) => {
      const native = Buffer.from(lines[Number(line) - 1] ?? '');
      return `${line} ${set.match({ logsource, native }).length > 0 ? 'match' : 'no match'}`;
    });
    expect(found).toEqual(told.map(([, line, right]) => `${line} ${right}`));
  });
});
