import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRules } from '../../../../services/detection/src/rules/compile-rules.js';
import type { LoadedRules } from '../../../../services/detection/src/rules/loaded-rules.js';
import { readRules } from '#libs/rules/loading';
import { HOUR_MS } from '#libs/terms';
import { eventsOf } from '../service/records.js';
import { KINDS, type KindName } from './kinds.js';
import { NEEDLE, needleOf } from './needles.js';
import { makeRules } from './rules-folder.js';

const AT = Date.UTC(2026, 10, 30, 9);
let rules: LoadedRules;
beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-needles-'));
  try {
    makeRules(dir, undefined);
    rules = await compileRules(readRules(dir), HOUR_MS);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

const hitsOf = async (name: KindName, lines: string[]) => {
  const { kind } = KINDS[name];
  const events = await eventsOf(lines, kind, lines.length);
  expect(events.length).toBe(lines.length);
  return events.flatMap((event) => rules.hitsOf(kind, event, undefined));
};

describe.each(Object.keys(KINDS) as KindName[])('%s', (name) => {
  it('a needle fires the rule of needles alone, and is told by what it is grouped by', async () => {
    const hits = await hitsOf(
      name,
      [3, 4].map((nth) => KINDS[name].line(nth, AT, needleOf('r0', nth))),
    );
    expect(hits.map(({ detection }) => detection.id)).toEqual([KINDS[name].rule, KINDS[name].rule]);
    expect(hits.map(({ groupKey }) => NEEDLE.exec(groupKey)?.[0])).toEqual([needleOf('r0', 3), needleOf('r0', 4)]);
  });
  it('of the other events no rule of ours has an opinion', async () => {
    const lines = Array.from({ length: 300 }, (_, nth) => KINDS[name].line(nth, AT));
    expect((await hitsOf(name, lines)).map(({ detection }) => detection.title)).toEqual([]);
  });
});
