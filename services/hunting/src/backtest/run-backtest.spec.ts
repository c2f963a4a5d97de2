import { DAY_MS, HOUR_MS } from '#libs/terms';
import { ask, row, rule, supplied, world } from '../../test/backtest-world.js';
import type { LakeRow } from '../lake/scan.js';
import { MOST_MS, runBacktest } from './run-backtest.js';

describe('a backtest', () => {
  it('counts findings by group and window, and shows the groups and three events', async () => {
    const native = { Image: 'a' };
    const rows = [
      row('1', 0, native),
      row('2', 1, native),
      row('3', HOUR_MS, native),
      row('4', 5, native, 'host:ws2'),
      row('5', 6, { Image: 'b' }),
    ];
    const answer = await runBacktest(world({ 'day 0': rows }).ports, ask(rule('r', 'a'), rule('none', 'z')), supplied);
    expect(answer).toMatchObject({ scanned: 5, daysScanned: 1, failures: [], cut: null });
    expect(answer.rules).toMatchObject([
      {
        ruleId: 'r',
        level: 'HIGH',
        matches: 4,
        findings: 3,
        findingsPerDay: 3,
        groups: [
          { key: 'host:ws1', matches: 3, findings: 2 },
          { key: 'host:ws2', matches: 1, findings: 1 },
        ],
      },
      { ruleId: 'none', matches: 0, findings: 0, samples: [] },
    ]);
    expect(answer.rules[0]?.samples.map(({ eventId }) => eventId)).toEqual(['1', '2', '3']);
    expect(answer.rules[0]?.costMs).toBeGreaterThan(0);
  });

  it('groups by the fields of a rule, and takes its window', async () => {
    const rows = [
      row('1', 0, { Image: 'a', User: 'Ada' }),
      row('2', 90 * 60_000, { Image: 'a', User: 'ADA' }),
      row('3', 0, { Image: 'a', User: 'bob' }),
    ];
    const {
      rules: [one],
    } = await runBacktest(
      world({ 'day 0': rows }).ports,
      ask(rule('r', 'a', 'vigie: { groupBy: [User], windowMinutes: 120 }\n')),
      supplied,
    );
    expect(one).toMatchObject({
      matches: 3,
      findings: 2,
      groups: [
        { key: 'user=ada', matches: 2 },
        { key: 'user=bob', matches: 1 },
      ],
    });
  });

  it('counts once what spans midnight, and what is there twice', async () => {
    const wide = rule('r', 'a', 'vigie: { windowMinutes: 2880 }\n');
    const lake = {
      'day 0': [row('1', DAY_MS - 1, { Image: 'a' }), row('1', DAY_MS - 1, { Image: 'a' })],
      'day 1': [row('2', DAY_MS, { Image: 'a' })],
    };
    const {
      rules: [one],
      daysScanned,
    } = await runBacktest(world(lake).ports, ask(wide), supplied);
    expect([daysScanned, one]).toMatchObject([
      2,
      { matches: 2, findings: 1, findingsPerDay: 0.5, groups: [{ matches: 2, findings: 1 }] },
    ]);
  });

  it('names what it cannot try, and tries what placeholders wake', async () => {
    const waits = { path: 'w.yml', text: rule('w', 'a').text.replace("Image: 'a'", "Image|expand: '%tools%'") };
    const files = [waits, { path: 'broken.yml', text: 'title: [' }];
    const lake = { 'day 0': [row('1', 0, { Image: 'nmap' })] };
    const without = await runBacktest(world(lake).ports, ask(...files), supplied);
    expect(without.failures.map(({ file }) => file).sort()).toEqual(['broken.yml', 'w.yml']);
    expect(without.rules).toEqual([]);
    const {
      rules: [one],
    } = await runBacktest(world(lake).ports, ask(...files), {
      ...supplied,
      placeholders: [{ name: 'tools', values: ['nmap'] }],
    });
    expect(one).toMatchObject({ ruleId: 'w', matches: 1 });
  });

  it('counts correlations in event time, though it reads the latest day first', async () => {
    const many = {
      path: 'c.yml',
      text: 'title: Many\nid: c\nlevel: high\ncorrelation: { type: event_count, rules: [r], group-by: [User], timespan: 1h, condition: { gte: 3 } }\n',
    };
    const started = (id: string, at: number, User: string): LakeRow => row(id, at, { Image: 'a', User });
    const lake = {
      'day 0': [
        started('2', DAY_MS - 1_000, 'ada'),
        started('1', DAY_MS - 2_000, 'Ada'),
        started('2', DAY_MS - 1_000, 'ada'),
      ],
      'day 1': [started('4', DAY_MS + 2_000, 'bob'), started('3', DAY_MS + 1_000, 'ada')],
    };
    const { rules } = await runBacktest(world(lake).ports, ask(rule('r', 'a'), many), supplied);
    expect(rules).toMatchObject([
      {
        ruleId: 'c',
        title: 'Many',
        level: 'HIGH',
        matches: 4,
        findings: 1,
        findingsPerDay: 0.5,
        groups: [{ key: 'User=ada', findings: 1 }],
        samples: [{ eventId: '3', entity: 'host:ws1' }],
      },
      { ruleId: 'r', matches: 4, findings: 0 },
    ]);
    const one = await runBacktest(
      world(lake).ports,
      { tenant: 'acme', files: [], ruleId: 'c', mostEvents: 10, at: 100 * DAY_MS },
      { ...supplied, files: [rule('r', 'a'), many] },
    );
    expect(one.rules).toMatchObject([{ ruleId: 'c', findings: 1 }]);
  });

  it('tries the one rule that was named, of a file of several', async () => {
    const both = { path: 'both.yml', text: `${rule('r', 'a').text}---\n${rule('s', 'a').text}` };
    const { rules } = await runBacktest(
      world({ 'day 0': [row('1', 0, { Image: 'a' })] }).ports,
      { tenant: 'acme', files: [], ruleId: 's', mostEvents: 10, at: 100 * DAY_MS },
      { ...supplied, files: [both] },
    );
    expect(rules.map(({ ruleId }) => ruleId)).toEqual(['s']);
  });

  it('stops at its number of events, says so, and counts the days it has seen', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => row(String(index), index, { Image: 'a' }));
    const answer = await runBacktest(
      world({ 'day 0': rows, 'day 1': rows }).ports,
      { ...ask(rule('r', 'a')), mostEvents: 15 },
      supplied,
    );
    expect(answer).toMatchObject({ scanned: 15, daysScanned: 1.5, cut: 'it was to look at no more events' });
  });

  it('tells how far it is, and stops when it is cancelled or takes too long', async () => {
    const lake = { 'day 0': [row('1', 0, { Image: 'a' })], 'day 1': [row('2', DAY_MS, { Image: 'a' })] };
    let days = 0;
    const slow = world(lake, {
      scan: async function* scan({ day }) {
        days += 1;
        yield lake[day as 'day 0'];
        slow.later(3_000);
      },
      isCancelled: async () => days === 1,
    });
    expect(await runBacktest(slow.ports, ask(rule('r', 'a')), supplied)).toMatchObject({
      scanned: 1,
      daysScanned: 1,
      cut: 'it was cancelled',
    });
    expect(slow.told).toEqual([[1, 1, 2]]);
    const late = world(lake, {
      scan: async function* scan({ day }) {
        yield lake[day as 'day 0'];
        late.later(MOST_MS);
      },
    });
    expect(await runBacktest(late.ports, ask(rule('r', 'a')), supplied)).toMatchObject({
      scanned: 1,
      cut: 'it took longer than 10 minutes',
    });
  });

  it('does without what exceptions let pass, and tells of those it cannot apply', async () => {
    const rows = [row('1', 0, { Image: 'a', User: 'ada' }), row('2', 1, { Image: 'a', User: 'bob' })];
    const where = (field: string) => [{ field, values: ['ada'] }];
    const common = { ruleId: 'r', expiresAt: DAY_MS };
    const exceptions = [
      { ...common, exceptionId: 'x1', where: where('User') },
      { ...common, exceptionId: 'x2', where: where('User|no') },
      { ...common, exceptionId: 'x3', ruleId: 'another', where: where('User') },
    ];
    const { rules, failures } = await runBacktest(world({ 'day 0': rows }).ports, ask(rule('r', 'a')), {
      ...supplied,
      exceptions,
      exceptionsLeftOut: 2,
    });
    expect(rules).toMatchObject([{ matches: 1, samples: [{ eventId: '2' }] }]);
    expect(failures).toEqual([
      { file: 'x2', line: 1, reason: expect.stringContaining('no') as string },
      { file: '', line: 1, reason: expect.stringMatching(/^2 exceptions are more/) as string },
    ]);
  });

  it('begins a day again when compaction took a file away', async () => {
    let tries = 0;
    const { ports } = world(
      { 'day 0': [] },
      {
        scan: async function* scan() {
          yield [row('1', 0, { Image: 'a' })];
          if ((tries += 1) === 1) throw new Error('IO Error: No files found that match');
        },
      },
    );
    const { rules, scanned } = await runBacktest(ports, ask(rule('r', 'a')), supplied);
    expect([tries, scanned, rules[0]?.matches]).toEqual([2, 1, 1]);
  });

  it('ends with the service', async () => {
    const { ports } = world(
      { 'day 0': [] },
      {
        goOn: () => {
          throw new Error('the service ends');
        },
      },
    );
    await expect(runBacktest(ports, ask(rule('r', 'a')), supplied)).rejects.toThrow('the service ends');
  });
});
