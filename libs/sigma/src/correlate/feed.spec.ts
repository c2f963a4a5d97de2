import { comparing, correlationOf, matchAt } from '../../test/correlations.js';
import type { Correlation } from '../types.js';
import {
  correlationPlan,
  emptyCorrelationState,
  feed,
  finish,
  growthOf,
  pass,
  type CorrelationMatch,
  type CorrelationOptions,
  type Fired,
  type Late,
} from './index.js';

/** Times are milliseconds of event time; windows are 1,000 long. */
const at = matchAt;
const user = (name: string) => ({ values: { user: name } });
const value = (v: string | number, special: Partial<CorrelationMatch> = {}) => ({
  ...special,
  values: { v: String(v), ...special.values },
});
const rule = (ruleId: string, special: Partial<CorrelationMatch> = {}) => ({ ...special, ruleId });

const heard = (
  correlations: Correlation[],
  matches: CorrelationMatch[],
  options: CorrelationOptions = { latenessMs: 100 },
): { fired: Fired[]; late: Late[] } => {
  const plan = correlationPlan(correlations);
  const state = emptyCorrelationState();
  const outcomes = [...matches.map((match) => feed(plan, state, match, options)), finish(plan, state)];
  return { fired: outcomes.flatMap(({ fired }) => fired), late: outcomes.flatMap(({ late }) => late) };
};
const fired = (special: Parameters<typeof correlationOf>[0], ...matches: CorrelationMatch[]) =>
  heard([correlationOf(special)], matches).fired;
const ends = (special: Parameters<typeof correlationOf>[0], ...matches: CorrelationMatch[]) =>
  fired(special, ...matches).map(({ windowEnd }) => windowEnd);

describe('event_count', () => {
  it('fires when so many have come within the timespan', () =>
    expect(ends({ type: 'event_count' }, at(0), at(500), at(1000), at(1001))).toEqual([1000]));
  it('does not when they are further apart', () =>
    expect(ends({ type: 'event_count' }, at(0), at(500), at(1001))).toEqual([]));
  it('counts groups apart, without minding case', () =>
    expect(
      fired({ type: 'event_count' }, at(0), at(1, user('Ada')), at(2, user('bob')), at(3, user('ADA'))),
    ).toMatchObject([{ group: { user: 'ada' }, groupKey: 'user=ada', windowEnd: 3 }]));
  it('groups by several fields, and leaves out what has none', () => {
    const match = (time: number, host: string) => at(time, { values: { host } });
    const found = fired(
      { type: 'event_count', groupBy: ['user', 'host'] },
      match(0, 'a'),
      match(1, 'b'),
      match(2, 'a'),
      match(3, ''),
      match(4, 'a'),
    );
    expect(found.map(({ groupKey }) => groupKey)).toEqual(['user=ada host=a']);
  });
  it('is silent for a timespan after it fired: no event belongs to two findings', () =>
    expect(ends({ type: 'event_count' }, ...Array.from({ length: 30 }, (_, index) => at(index * 100)))).toEqual([
      200, 1300, 2400,
    ]));
  it('says when, how many, and shows the latest ten', () => {
    const [found] = fired(
      { type: 'event_count', condition: comparing(['gte', 12]) },
      ...Array.from({ length: 12 }, (_, index) => at(index, { eventId: `n${index}`, note: `${index}` })),
    );
    expect(found).toMatchObject({ windowStart: -989, windowEnd: 11, firstAt: 0, lastAt: 11, value: 12 });
    expect(found?.samples.map(({ note }) => note)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10', '11']);
  });
  it('keeps attachments of the latest three', () => {
    const [found] = fired(
      { type: 'event_count', condition: comparing(['gte', 5]) },
      ...Array.from({ length: 5 }, (_, index) => at(index, { note: 'n', attachment: `${index}` })),
    );
    expect(found?.samples.map(({ attachment }) => attachment)).toEqual([undefined, undefined, '2', '3', '4']);
  });
  it.each<[string, ...Parameters<typeof comparing>]>([
    ['fewer than', ['lt', 3]],
    ['at most', ['lte', 2]],
    ['exactly', ['eq', 2]],
    ['other than', ['neq', 3]],
    ['a range', ['gt', 1], ['lte', 2]],
  ])('%s: is decided when the window closes', (_, ...comparisons) => {
    expect(ends({ type: 'event_count', condition: comparing(...comparisons) }, at(0), at(1000))).toEqual([1000]);
    expect(ends({ type: 'event_count', condition: comparing(...comparisons) }, at(0), at(1), at(1000))).toEqual([]);
  });
});

describe('the others', () => {
  it('value_count counts distinct values', () => {
    expect(
      ends({ type: 'value_count' }, at(0, value('a')), at(1, value('b')), at(2, value('A')), at(3, value('c'))),
    ).toEqual([3]);
    expect(ends({ type: 'value_count' }, at(0, value('a')), at(600, value('b')), at(1001, value('c')))).toEqual([]);
  });
  it('value_count takes several fields together', () => {
    const condition = { field: ['v', 'w'], comparisons: [{ operator: 'gte' as const, value: 3 }] };
    const pair = (time: number, v: string, w: string) => at(time, { values: { v, w } });
    expect(
      ends(
        { type: 'value_count', condition },
        pair(0, 'a', '1'),
        pair(1, 'a', '2'),
        pair(2, 'a', '2'),
        pair(3, 'b', '1'),
      ),
    ).toEqual([3]);
  });
  it('value_sum adds up what is in the window, and leaves out what is no number', () => {
    expect(
      ends(
        { type: 'value_sum', condition: { field: ['v'], comparisons: [{ operator: 'gt', value: 10 }] } },
        at(0, value(6)),
        at(1, value('much')),
        at(2, value(5)),
      ),
    ).toEqual([2]);
    expect(
      ends(
        { type: 'value_sum', condition: { field: ['v'], comparisons: [{ operator: 'gt', value: 10 }] } },
        at(0, value(6)),
        at(1001, value(5)),
      ),
    ).toEqual([]);
  });
  it('value_avg and value_percentile look at a whole window', () => {
    const condition = { field: ['v'], comparisons: [{ operator: 'gte' as const, value: 5 }], percentile: 90 };
    const numbers = (...all: number[]) => all.map((number, index) => at(index, value(number)));
    expect(ends({ type: 'value_avg', condition }, ...numbers(9, 1, 5))).toEqual([1000]);
    expect(ends({ type: 'value_avg', condition }, ...numbers(9, 1, 4))).toEqual([]);
    expect(ends({ type: 'value_percentile', condition }, ...numbers(1, 1, 1, 1, 1, 1, 1, 1, 5, 1))).toEqual([]);
    expect(ends({ type: 'value_percentile', condition }, ...numbers(1, 1, 1, 1, 1, 1, 1, 5, 5, 1))).toEqual([1000]);
  });
  const both = { rules: ['a', 'b'], condition: comparing(['gte', 2]) };
  it('temporal wants every rule, in any order', () => {
    expect(ends({ type: 'temporal', ...both }, at(0, rule('b')), at(1000, rule('a')))).toEqual([1000]);
    expect(ends({ type: 'temporal', ...both }, at(0, rule('b')), at(1, rule('b')), at(1002, rule('a')))).toEqual([]);
  });
  it('temporal_ordered wants them in order, the same millisecond included', () => {
    expect(ends({ type: 'temporal_ordered', ...both }, at(0, rule('b')), at(1, rule('a')))).toEqual([]);
    expect(ends({ type: 'temporal_ordered', ...both }, at(0, rule('a')), at(1, rule('b')))).toEqual([1]);
    expect(ends({ type: 'temporal_ordered', ...both }, at(1, rule('b')), at(1, rule('a')))).toEqual([1]);
    expect(
      ends(
        { type: 'temporal_ordered', ...both, rules: ['a', 'b', 'a'], condition: comparing(['gte', 3]) },
        at(0, rule('a')),
        at(1, rule('b')),
        at(2, rule('a')),
      ),
    ).toEqual([2]);
  });
});

describe('chains and aliases', () => {
  const failures = correlationOf({ type: 'event_count', id: 'failures', rules: ['failed'], groupBy: ['target'] });
  const success = correlationOf({
    type: 'temporal_ordered',
    rules: ['failures', 'worked'],
    condition: comparing(['gte', 2]),
    timespanMs: 5000,
    groupBy: ['who'],
    aliases: { who: { failures: 'target', worked: 'user' } },
  });
  const failed = (time: number, target: string) => at(time, { ruleId: 'failed', node: 1, values: { target } });
  const worked = (time: number, name: string) => at(time, { ...user(name), ruleId: 'worked' });

  it('a correlation may rest on another: failures, then a success', () => {
    const { fired: found } = heard(
      [success, failures],
      [failed(0, 'ada'), failed(1, 'ada'), failed(2, 'ada'), worked(4000, 'ada')],
    );
    expect(found).toMatchObject([{ correlationId: 'c', groupKey: 'who=ada', firstAt: 0, lastAt: 4000 }]);
    expect(found[0]?.samples.map(({ ruleId }) => ruleId)).toEqual(['failed', 'failed', 'failed', 'worked']);
  });
  it('not when the success came before, or was somebody else’s', () =>
    expect(
      heard(
        [success, failures],
        [failed(0, 'ada'), worked(1, 'ada'), failed(1, 'ada'), failed(2, 'ada'), worked(3, 'bob')],
      ).fired,
    ).toEqual([]));
  it('tells what to read of which rule, and what makes the group', () => {
    const plan = correlationPlan([success, failures]);
    expect(plan.routes('failed')).toEqual([
      { correlationId: 'c', node: 1, fields: ['target'], groupFields: ['target'] },
    ]);
    expect(plan.routes('worked')).toEqual([{ correlationId: 'c', node: 0, fields: ['user'], groupFields: ['user'] }]);
  });
  it('a rule that is referred to raises on its own only with generate', () => {
    const raising = (generate: boolean) =>
      ['failures', 'c', 'failed', 'other'].filter(correlationPlan([{ ...success, generate }, failures]).raises);
    expect(raising(false)).toEqual(['c', 'other']);
    expect(raising(true)).toEqual(['failures', 'c', 'other']);
  });
});

describe('event time', () => {
  const count = correlationOf({ type: 'event_count' });
  it('what comes late, within the lateness, is as if it had come in order', () =>
    expect(heard([count], [at(100), at(200), at(101), at(400)]).fired).toMatchObject([
      { windowEnd: 200, firstAt: 100 },
    ]));
  it('what comes later takes no part, and is told', () => {
    const { fired: found, late } = heard([count], [at(0), at(300), at(150, { eventId: 'lost' }), at(400, user('bob'))]);
    expect(found).toEqual([]);
    expect(late).toMatchObject([{ eventId: 'lost', occurredAt: 150, watermark: 200, repeated: false }]);
  });
  it('what comes again counts once, however late', () => {
    const [first, second] = [at(0), at(1)];
    const { fired: found, late } = heard([count], [first, first, second, at(900, user('bob')), second, first]);
    expect(found).toEqual([]);
    expect(late.map(({ repeated }) => repeated)).toEqual([true, true]);
  });
  it('goes on without matches when a stream says so', () => {
    const plan = correlationPlan([count]);
    const state = emptyCorrelationState();
    for (const time of [0, 1, 2]) expect(feed(plan, state, at(time)).fired).toEqual([]);
    expect(pass(plan, state, { scope: 'acme', correlationId: 'c', upTo: 2 }).fired).toEqual([]);
    expect(pass(plan, state, { scope: 'acme', correlationId: 'c', upTo: 3 }).fired).toHaveLength(1);
  });
  it('waits for the slowest stream, unless that has fallen silent', () => {
    const plan = correlationPlan([count]);
    const state = emptyCorrelationState();
    const from = (stream: string, occurredAt: number, heardAt: number) =>
      feed(plan, state, at(occurredAt, { stream, heardAt }), { latenessMs: 0, idleMs: 100 }).fired.length;
    expect([from('slow', 0, 0), from('fast', 1, 1), from('fast', 2, 2), from('fast', 50, 3)]).toEqual([0, 0, 0, 0]);
    expect(from('slow', 20, 4)).toBe(1);
    expect([from('fast', 1200, 5), from('fast', 1201, 6), from('fast', 1202, 7), from('fast', 1300, 120)]).toEqual([
      0, 0, 0, 1,
    ]);
  });
  it('keeps scopes apart', () =>
    expect(heard([count], [at(0), at(1, { scope: 'globex' }), at(2), at(3, { scope: 'globex' })]).fired).toEqual([]));
});

describe('bounds', () => {
  const plan = correlationPlan([correlationOf({ type: 'event_count', timespanMs: 1e9 })]);
  const filled = (users: number, options: CorrelationOptions) => {
    const state = emptyCorrelationState();
    const evicted = Array.from({ length: users }, (_, index) =>
      feed(plan, state, at(index, user(`u${index}`)), { latenessMs: 0, ...options }),
    ).flatMap((one) => one.evicted);
    return { growth: growthOf(state), evicted: evicted.map(({ groupKey }) => groupKey) };
  };
  it('the group whose newest event is oldest goes first, and that is told', () => {
    const { growth, evicted } = filled(12, { mostGroups: 8 });
    expect(evicted).toEqual(['user=u0', 'user=u1', 'user=u2']);
    expect(growth).toMatchObject({ groups: 8, held: 1, evicted: 3 });
  });
  it('bytes are bounded too, whatever the number of keys', () => {
    const mostBytes = 200_000;
    for (const users of [1_000, 5_000])
      expect(filled(users, { mostBytes }).growth.bytes).toBeLessThanOrEqual(mostBytes);
  });
  it('many small correlations of one scope take nothing from another scope', () => {
    const many = Array.from({ length: 50 }, (_, index) =>
      correlationOf({ id: `c${index}`, type: 'event_count', timespanMs: 1e9 }),
    );
    const plan = correlationPlan(many);
    const state = emptyCorrelationState();
    const evicted: string[] = [];
    const hear = (time: number, scope: string, correlationId: string, name: string) =>
      evicted.push(
        ...feed(plan, state, at(time, { scope, correlationId, values: { user: name } }), {
          latenessMs: 0,
          mostBytes: 200_000,
        }).evicted.map((one) => one.scope),
      );
    for (let index = 0; index < 100; index += 1) hear(index, 'acme', 'c0', `u${index}`);
    for (let index = 0; index < 1_000; index += 1) hear(index, 'globex', `c${index % 50}`, `u${index}`);
    expect([evicted.length > 0, [...new Set(evicted)]]).toEqual([true, ['globex']]);
  });
  it('groups that can no longer matter are forgotten', () => {
    const short = correlationPlan([correlationOf({ type: 'event_count' })]);
    const state = emptyCorrelationState();
    for (let index = 0; index < 100; index++) feed(short, state, at(index * 100, user(`u${index}`)), { latenessMs: 0 });
    expect(growthOf(state).groups).toBeLessThanOrEqual(11);
  });
  it('windows of groups that were given up are given up with them', () => {
    const few = correlationPlan([
      correlationOf({
        type: 'value_avg',
        timespanMs: 1e9,
        condition: { field: ['n'], comparisons: [{ operator: 'gte', value: 2 }] },
      }),
    ]);
    const state = emptyCorrelationState();
    for (let index = 0; index < 2_000; index++)
      feed(few, state, at(index, { values: { user: `u${index}`, n: '1' } }), { latenessMs: 0, mostGroups: 10 });
    expect(growthOf(state).groups).toBe(10);
    expect([...state.clocks.values()].map(({ due }) => due.length)[0]).toBeLessThan(100);
  });
  it('values weigh what they are long', () => {
    const distinct = correlationPlan([
      correlationOf({
        type: 'value_count',
        timespanMs: 1e9,
        condition: { field: ['n'], comparisons: [{ operator: 'gte', value: 1e6 }] },
      }),
    ]);
    const state = emptyCorrelationState();
    for (let index = 0; index < 100; index++)
      feed(distinct, state, at(index, { values: { user: 'ada', n: `${index} ${'x'.repeat(10_000)}` } }), {
        latenessMs: 0,
      });
    expect(growthOf(state).bytes).toBeGreaterThan(1_000_000);
  });
});
