import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { compile } from '#libs/sigma';
import { defineDetect } from './detect.js';

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
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'vigie-detect-spec-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const detect = async (...flags: string[]): Promise<unknown[]> =>
  detectIn(
    `${EVENTS.map((event) => JSON.stringify(event)).join('\n')}\nnot json\n`,
    RULES.map(({ text }) => text),
    ...flags,
  );
const detectIn = (lines: string, texts: string[], ...flags: string[]): Promise<unknown[]> =>
  detectAt(file('events.jsonl', lines), texts, ...flags);
const detectAt = async (events: string, texts: string[], ...flags: string[]): Promise<unknown[]> => {
  const rules = file('rules.yml', texts.join('---\n'));
  const printed: string[] = [];
  const written = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(printed.push(String(text))));
  const command = new Command();
  defineDetect(command);
  await command
    .parseAsync(['node', 'detect', '--rules', rules, '--events', events, '--json', ...flags])
    .finally(() => written.mockRestore());
  return printed
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
};
it('prints a line a match, then a summary', async () => {
  expect(compile(RULES).failures).toEqual([]);
  expect(await detect()).toEqual([
    { event: 0, ruleId: 'created' },
    { event: 1, ruleId: 'seven' },
    { summary: expect.objectContaining({ events: 4, matches: 2, badEvents: 1, rules: 2, failed: 0 }) },
  ]);
});
it('stops after so many events', async () =>
  expect((await detect('--limit', '1')).at(-1)).toEqual({
    summary: expect.objectContaining({ events: 1, matches: 1 }),
  }));
it('reads events nested as Windows writes them, and tells CloudTrail by its members', async () => {
  const nested = {
    Event: { System: { Channel: 'Security', EventID: 4688 }, EventData: { NewProcessName: 'C:\\cmd.exe' } },
  };
  const stopped = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', awsRegion: 'eu-west-1' };
  const told = await detectIn([nested, stopped].map((event) => JSON.stringify(event)).join('\n'), [
    ...RULES.map(({ text }) => text),
    RULE('stopped', '{product: aws, service: cloudtrail}', '{eventName: StopLogging}'),
  ]);
  expect(told.slice(0, -1)).toEqual([
    { event: 0, ruleId: 'created' },
    { event: 1, ruleId: 'stopped' },
  ]);
});
it.each([
  ['an array', (events: object[]) => JSON.stringify(events, null, 1)],
  ["CloudTrail's records", (events: object[]) => JSON.stringify({ Records: events })],
  ['lines', (events: object[]) => events.map((event) => JSON.stringify(event)).join('\n')],
])('reads a .json file of %s', async (_, written) => {
  expect(
    await detectAt(
      file('events.json', written(EVENTS)),
      RULES.map(({ text }) => text),
    ),
  ).toEqual([{ event: 0, ruleId: 'created' }, { event: 1, ruleId: 'seven' }, expect.anything()]);
});
it('reads a .json file of one event over several lines', async () =>
  expect(
    await detectAt(
      file('event.json', JSON.stringify(EVENTS[1], null, 2)),
      RULES.map(({ text }) => text),
    ),
  ).toEqual([{ event: 0, ruleId: 'seven' }, expect.anything()]));
it('tells correlations on the last event they counted, and not what only feeds them', async () => {
  const often =
    'title: often\nid: often\ncorrelation:\n  type: event_count\n  rules: [seven]\n  group-by: [Computer]\n  timespan: 5m\n  condition: { gte: 2 }\n';
  const at = (minute: number, Computer: string): string =>
    JSON.stringify({ Channel: 'System', EventID: 7, Computer, '@timestamp': `2026-11-02T10:0${minute}:00Z` });
  const told = await detectIn([at(0, 'a'), at(1, 'b'), at(2, 'a')].join('\n'), [
    ...RULES.map(({ text }) => text),
    often,
  ]);
  expect(told).toEqual([
    { event: 2, ruleId: 'often' },
    { summary: expect.objectContaining({ matches: 1, correlations: 1 }) },
  ]);
});
it('explains matches', async () => {
  expect((await detect('--explain', '--nearly'))[0]).toEqual({
    event: 0,
    ruleId: 'created',
    explanation: [{ selection: 's', field: 'Image', value: 'C:\\cmd.exe' }],
  });
});
it('tells what rules cost', async () => {
  expect((await detect('--profile')).at(-1)).toEqual({
    summary: expect.objectContaining({
      costliest: expect.arrayContaining([expect.objectContaining({ ruleId: 'seven', runs: 1, matches: 1 })]),
    }),
  });
});
