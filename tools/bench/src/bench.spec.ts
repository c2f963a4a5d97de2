import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differencesBetween } from './compare.js';
import { best, perSecond } from './figures.js';
import { writePlan, type PeerPlan } from './plan.js';
import { linesIn, sharesOf } from './shares.js';

const RULE = (id: string, logsource: string, detection: string): string =>
  `title: ${id}\nid: ${id}\nlogsource: ${logsource}\ndetection:\n  s: ${detection}\n  condition: s\n`;
const RULES = [
  {
    path: 'a.yml',
    text: RULE('created', '{product: windows, category: process_creation}', "{Image|endswith: '\\cmd.exe'}"),
  },
  { path: 'b.yml', text: RULE('seven', '{product: windows, service: system}', '{EventID: 7}') },
];
const EVENTS = [
  { Channel: 'Security', EventID: 4688, NewProcessName: 'C:\\cmd.exe' },
  { Channel: 'System', EventID: 7 },
  { Channel: 'System', EventID: 8 },
];

let dir: string;
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'vigie-bench-spec-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('the peer is given the rules of every combination of logsources, and our names of fields', () => {
  const events = file('e.jsonl', EVENTS.map((event) => JSON.stringify(event)).join('\n'));
  expect(writePlan(join(dir, 'plan.json'), RULES, events, 'windows')).toEqual({ rules: 2, unlike: 0 });
  const plan = JSON.parse(readFileSync(join(dir, 'plan.json'), 'utf8')) as PeerPlan;
  expect(Object.keys(plan.keys)).toEqual(['Security\t4688\t\t', 'System\t7\t\t', 'System\t8\t\t']);
  const [security, system] = plan.partitions;
  expect([security?.rules, system?.rules]).toEqual([[0], [1]]);
  expect(JSON.parse(security?.pipeline ?? '')).toMatchObject({
    transformations: [{ mapping: { Image: 'NewProcessName' } }],
  });
});

it('differences are told per rule, with a line to look at', () => {
  const [ours, theirs] = [file('a', '0\tx\n4\ty\n'), file('b', '0\tx\n7\tz\n9\tz\n')];
  expect(differencesBetween(ours, theirs)).toEqual([
    { ruleId: 'z', onlySigma: 0, onlyPeer: 2, exampleLine: 7 },
    { ruleId: 'y', onlySigma: 1, onlyPeer: 0, exampleLine: 4 },
  ]);
});

it('the lines of a file are dealt out to threads, none lost', () => {
  const path = file('lines', 'a\nbb\n\nccc\ndddd');
  const texts = sharesOf(path, 2).map((bytes) => linesIn(bytes).map((line) => Buffer.from(line).toString()));
  expect(texts).toEqual([
    ['a', 'ccc'],
    ['bb', 'dddd'],
  ]);
});

it('of several runs the least disturbed counts', () => {
  const run = (seconds: number) => ({
    events: 100,
    seconds,
    cpuSeconds: 1,
    matches: 0,
    loadMs: 0,
    rssMb: 0,
    workerMb: 0,
  });
  expect(perSecond(best([run(4), run(2), run(3)], 'seconds'))).toBe(50);
});
