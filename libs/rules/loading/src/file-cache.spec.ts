import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuleSet } from '#libs/sigma';
import { compileCached } from './index.js';

const rule = (id: string): string =>
  `title: ${id}\nid: ${id}\nlogsource: {product: windows}\ndetection:\n  s: {A: ${id}}\n  condition: s\n`;
const sources = ['a', 'b'].map((id) => ({ path: `${id}.yml`, text: rule(id) }));
const answer = (set: RuleSet): string[] =>
  set.match({ logsource: { product: 'windows' }, native: Buffer.from('{"A":"b"}') });

describe('rules kept in a folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vigie-sigma-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are compiled once, and anew when the file is damaged', () => {
    const first = compileCached(folder, sources);
    const again = compileCached(folder, sources);
    const [file = ''] = readdirSync(folder);
    writeFileSync(join(folder, file), readFileSync(join(folder, file)).subarray(0, -5));
    const mended = compileCached(folder, sources);
    expect([first, again, mended].map(({ fromCache }) => fromCache)).toEqual([false, true, false]);
    expect([again, mended].map(({ ruleSet }) => answer(ruleSet))).toEqual([['b'], ['b']]);
    expect(compileCached(folder, sources).fromCache).toBe(true);
  });

  it('run although they cannot be kept', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(compileCached(file, sources)).toMatchObject({ fromCache: false, unsaved: expect.any(String) });
  });

  it('leave no more than some files behind', () => {
    for (let i = 0; i < 10; i++) compileCached(folder, [{ path: `${i}.yml`, text: '' }]);
    expect(readdirSync(folder)).toHaveLength(8);
  });
});
