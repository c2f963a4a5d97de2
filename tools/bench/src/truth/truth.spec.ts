import { readFileSync } from 'node:fs';
import { HOUR_MS } from '#libs/terms';
import { compileRules } from '../../../../services/detection/src/rules/compile-rules.js';
import { builtInRules } from '../../../../services/detection/src/rules/active-import.js';
import { otrf, stratus } from './attacks.js';
import { judged } from './command.js';
import { findPack, packPath } from './pack.js';
import { comparePairs } from './pairs.js';
import { PANTHER_MAP, type PantherMap } from './panther.js';
import { replay } from './replay.js';
import { ruleSets } from './rule-sets.js';
import { shareOf } from './score.js';

const RULE = `title: Shell started
id: shell
level: high
tags: [attack.execution, attack.t1059.003]
logsource: { product: windows, category: process_creation }
detection:
  s: { Image|endswith: '\\cmd.exe' }
  condition: s
`;

const started = (host: string, minute: number): { kind: 'WINDOWS'; line: string } => ({
  kind: 'WINDOWS',
  line: JSON.stringify({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 1,
    Hostname: host,
    Image: 'C:\\cmd.exe',
    '@timestamp': new Date(Date.UTC(2026, 10, 2, 10, minute)).toISOString(),
  }),
});

describe('a replayed recording', () => {
  it('becomes findings by rule, host and window, and cases by what findings share', async () => {
    const rules = await compileRules([{ path: 'shell.yml', text: RULE }], HOUR_MS);
    const found = await replay(
      'x',
      [
        started('WS1', 1),
        started('WS1', 2),
        started('WS2', 3),
        { kind: 'WINDOWS', line: 'no JSON' },
        { kind: 'UNKNOWN', line: '{}' },
      ],
      rules,
    );
    expect(found).toMatchObject({ events: 3, skipped: 2, cases: 2 });
    expect(found.matches).toEqual(
      [
        [0, 'ws1'],
        [1, 'ws1'],
        [2, 'ws2'],
      ].map(([event, entity]) => ({ event, kind: 'WINDOWS', ruleId: 'shell', entity })),
    );
    expect(found.findings.map(({ entities }) => entities[0]?.value)).toEqual(['ws1', 'ws2']);
  });
});

it('correlations of a replayed recording become findings, and what only feeds them does not', async () => {
  const often =
    'title: Often\nid: often\nlevel: high\ncorrelation: { type: event_count, rules: [shell], group-by: [Hostname], timespan: 5m, condition: { gte: 2 } }\n';
  const rules = await compileRules([{ path: 'shell.yml', text: `${RULE}---\n${often}` }], HOUR_MS);
  const { findings, cases } = await replay('x', [started('WS1', 1), started('WS1', 2), started('WS2', 3)], rules);
  expect([findings.map(({ title, entities }) => [title, entities[0]?.value]), cases]).toEqual([[['Often', 'ws1']], 1]);
});

it('pairs are compared without minding the case of hosts; differences are told by recording and rule', () => {
  const expected = [{ recording: 'r', rule_id: 'a', title: 'A', hosts: ['WS1', 'WS2'] }];
  const ours = [
    { recording: 'r', ruleId: 'a', entity: 'ws1' },
    { recording: 'r', ruleId: 'b', entity: 'ws1' },
  ];
  expect(
    comparePairs(
      expected,
      ours,
      new Map([
        ['a', 'A'],
        ['b', 'B'],
      ]),
    ),
  ).toEqual({
    recall: { found: 1, of: 2, value: 0.5 },
    extra: 1,
    differences: [
      { recording: 'r', ruleId: 'a', title: 'A', side: 'missed', entities: 1 },
      { recording: 'r', ruleId: 'b', title: 'B', side: 'extra', entities: 1 },
    ],
  });
});

it('a difference that nobody judged is told', () => {
  const difference = { recording: 'r', ruleId: 'nobody', title: 'N', side: 'missed' as const, entities: 1 };
  expect(judged({ recall: shareOf(0, 1), extra: 0, differences: [difference] }, 'otrf')).toMatchObject({
    unjudged: 1,
    differences: [{ only: 'pySigma', judged: false }],
  });
});

it('a folder without labels is refused in words', () =>
  expect(() => findPack('.')).toThrow('are not in .: name their folder with --data'));

describe('labelled rules', () => {
  const map = JSON.parse(readFileSync(PANTHER_MAP, 'utf8')) as PantherMap;
  it('are mapped to rules that we have', () => {
    const ours = new Set(builtInRules('rules').map(({ text }) => /^id: (\S+)/m.exec(text)?.[1]));
    expect(
      Object.values(map)
        .flatMap(({ rules }) => Object.values(rules).flat())
        .filter((id) => !ours.has(id)),
    ).toEqual([]);
  });
});

const pack = packPath();
(pack === undefined ? it.skip : it)(
  `every pair that another engine found in the recordings is found, and every other is judged${pack === undefined ? ' (skipped: no ../shared/data)' : ''}`,
  async () => {
    const { sigmahq } = await ruleSets(pack ?? '');
    const quietly = (): void => undefined;
    const [hosts, identities] = [
      await otrf(pack ?? '', sigmahq ? [sigmahq] : [], quietly),
      await stratus(pack ?? '', sigmahq ? [sigmahq] : [], quietly),
    ];
    expect([hosts.pairs?.recall, identities.pairs?.recall]).toEqual([
      { found: 242, of: 242, value: 1 },
      { found: 7, of: 7, value: 1 },
    ]);
    expect([
      hosts.pairs && judged(hosts.pairs, 'otrf').unjudged,
      identities.pairs && judged(identities.pairs, 'aws').unjudged,
    ]).toEqual([0, 0]);
  },
  180_000,
);
