import type { FindingRaised } from '#contracts';
import { figuresOf } from './figures.js';
import { loadOf } from './load.js';
import { KINDS, type KindName } from './kinds.js';
import { complaintsOf, needleFound, needleOf, verdictOf } from './needles.js';
import { pacedPlan } from './latency.js';
import { cpuMsIn } from './process-use.js';
import { selfTimes } from './self-time.js';
import { windowsLine } from './windows-lines.js';

const AT = Date.UTC(2026, 10, 30, 9);
const plan = {
  run: 'r0',
  events: 10,
  perRecord: 1,
  needleEvery: 4,
  targets: [{ tenant: 'acme', kind: 'windows' as KindName }],
  at: AT,
};

describe('what is sent', () => {
  it.each([
    ['one event a message', 1, 10],
    ['four lines a message', 4, 3],
    ['all in one', 200, 1],
  ])('%s', (_, perRecord, messages) => {
    const { records, needles } = loadOf({ ...plan, perRecord });
    const lines = records.flatMap(({ value }) => value.toString('utf8').split('\n'));
    expect([records.length, lines.length, needles]).toEqual([
      messages,
      10,
      [needleOf('r0', 3), needleOf('r0', 7), needleOf('r0', 9)],
    ]);
    expect(lines.filter((line) => line.includes('vigie-needle-')).length).toBe(3);
  });

  it('takes turns among the sources', () => {
    const targets = ['acme', 'globex'].map((tenant) => ({ tenant, kind: 'zeek' as const }));
    const { records } = loadOf({ ...plan, perRecord: 2, targets });
    expect(records.map(({ topic }) => topic)).toEqual(
      ['acme', 'globex', 'acme', 'globex', 'acme'].map((tenant) => `ingest.${tenant}.zeek`),
    );
  });

  it('Windows events of about 2.1 kB, all different', () => {
    const lines = Array.from({ length: 400 }, (_, nth) => windowsLine(nth, AT));
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length;
    expect([bytes > 1_900, bytes < 2_300, new Set(lines).size]).toEqual([true, true, 400]);
  });
});

describe('needles', () => {
  const finding = (id: string, groupKey: string) => ({ rule: { id }, groupKey }) as FindingRaised;
  it('are told by what their findings are grouped by', () => {
    const key = `commandline="c:\\agent.exe" ${needleOf('r1', 999)}.json`;
    expect([needleFound(finding(KINDS.windows.rule, key)), needleFound(finding('another', key))]).toEqual([
      needleOf('r1', 999),
      undefined,
    ]);
  });
  it('are missing, doubled, or were never sent: each is named', () => {
    const verdict = verdictOf(
      ['a', 'b', 'c'],
      new Map([
        ['a', 1],
        ['b', 2],
        ['x', 1],
      ]),
    );
    expect(verdict).toEqual({ count: 2, missing: ['c'], doubled: ['b'], unknown: ['x'] });
    expect(complaintsOf('findings', verdict)).toEqual([
      '1 needles are missing among the findings: c',
      '1 needles are there more than once among the findings: b',
      '1 needles among the findings were never sent: x',
    ]);
    expect(complaintsOf('findings', verdictOf(['a'], new Map([['a', 1]])))).toEqual([]);
  });
});

it('CPU of a process is user and system time, whatever it is called', () =>
  expect(cpuMsIn('42 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 150 25 0 0')).toBe(1_750));

it('rounds count together, the later of findings and lake, and the ratio is to the floor', () => {
  const pipeline = [
    {
      events: 1_000,
      untilFoundMs: 400,
      untilKeptMs: 500,
      elapsedMs: 600,
      waited: true,
      cpuMs: { collection: 70, enrichment: 50, reporting: 0 },
    },
    {
      events: 1_000,
      untilFoundMs: 500,
      untilKeptMs: 300,
      elapsedMs: 400,
      waited: true,
      cpuMs: { collection: 90, enrichment: 30, reporting: 0 },
    },
  ];
  const floor = [{ events: 2_000, ms: 250, cpuMs: { broker: 60 }, quiet: true, waited: true }];
  expect(figuresOf(pipeline, floor)).toMatchObject({
    pipeline: { eventsPerSecond: 2_000, cpuMicrosInAll: 120, cpuMicros: { collection: 80, enrichment: 40 } },
    floor: { eventsPerSecond: 8_000, cpuMicrosInAll: 30 },
    ratio: 0.25,
    ratioOfCpu: 0.25,
  });
  // Two percent of a core for a second are 20 ms that it would have taken anyway.
  expect(figuresOf(pipeline, floor, { percent: { collection: 2, reporting: 1 } }).pipeline).toMatchObject({
    cpuMicrosBeyondIdle: { collection: 70, enrichment: 40 },
    cpuMicrosBeyondIdleInAll: 110,
  });
});

it.each([
  [0, { events: 80, needleEvery: 1 }],
  [5, { events: 100, needleEvery: 1 }],
  [1_000, { events: 20_000, needleEvery: 100 }],
  [5_000, { events: 100_000, needleEvery: 500 }],
])('at %d events a second for 20 s some needles a second are waited for', (rate, planned) =>
  expect(pacedPlan(rate, 20)).toEqual(planned),
);

it('where a process spends its time is told without its rest, by function and by file', () => {
  const node = (functionName: string, url: string, hitCount: number) => ({
    callFrame: { functionName, url, lineNumber: 6 },
    hitCount,
  });
  const path = 'file:///x/dist/libs/events/src/queue.js';
  expect(
    selfTimes({
      nodes: [
        node('(idle)', '', 900),
        node('(garbage collector)', '', 10),
        node('take', path, 20),
        node('', path, 10),
        node('crc32', 'file:///x/node_modules/kafkajs/src/crc32C.js', 60),
      ],
    }),
  ).toEqual({
    samples: 100,
    functions: [
      { name: 'crc32 kafkajs/src/crc32C.js:7', percent: 60 },
      { name: 'take libs/events/src/queue.js:7', percent: 20 },
      { name: '(garbage collector)', percent: 10 },
      { name: '(anonymous) libs/events/src/queue.js:7', percent: 10 },
    ],
    files: [
      { name: 'kafkajs/src/crc32C.js', percent: 60 },
      { name: 'libs/events/src/queue.js', percent: 30 },
      { name: '(garbage collector)', percent: 10 },
    ],
  });
});
