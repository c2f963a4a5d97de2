import { Budget, compile, type BudgetOptions, type RuleSet, type SigmaEvent } from '../index.js';

const RULE = (id: string, pattern: string): string =>
  `title: ${id}\nid: ${id}\nlogsource: {product: windows}\ndetection:\n  s: {A|re: '${pattern}'}\n  condition: s\n`;
const event: SigmaEvent = { logsource: { product: 'windows' }, native: Buffer.from('{"A":"xxab"}') };
const MINUTE_MS = 60_000;

/** A machine whose clocks only the test moves: `costs` says what one look at a clock takes, by wall and by work. */
class BusyMachine {
  wallMs = 5_000;
  workedMs = 1_000;
  nowMs = 1_700_000_000_000;
  cost = 0;
  /** By the wall alone: the machine stood still. */
  pause = 0;

  wall = (): number => {
    this.wallMs += this.cost + this.pause;
    this.workedMs += this.cost;
    this.pause = 0;
    return this.wallMs;
  };
  cpu = (): number => (this.workedMs += this.cost);
  now = (): number => this.nowMs;

  budget(special: Partial<BudgetOptions> = {}): Budget {
    return new Budget({ wall: this.wall, now: this.now, ...special });
  }
  later(ms: number): void {
    this.nowMs += ms;
    this.wallMs += ms;
  }
}

const setOf = (
  engine: 'kernel' | 'plain',
  patterns: Record<string, string> = { a: 'a.?b', b: 'a.?b', c: 'x{2}' },
): RuleSet =>
  compile(
    [
      {
        path: 'r.yml',
        text: Object.entries(patterns)
          .map(([id, pattern]) => RULE(id, pattern))
          .join('---\n'),
      },
    ],
    { engine },
  );
const answers = (set: RuleSet, budget: Budget, times: number): string[] => {
  const meter = budget.batch();
  return Array.from({ length: times }, () => set.match(event, meter).join());
};

describe.each(['kernel', 'plain'] as const)('what expressions cost an owner of events (%s)', (engine) => {
  let machine: BusyMachine;
  beforeEach(() => (machine = new BusyMachine()));

  it('counts for all of them together, in a batch; the dearest are put aside', () => {
    const [set, budget] = [setOf(engine), machine.budget({ cpu: machine.cpu })];
    machine.cost = 0.9;
    const found = answers(set, budget, 500);
    expect([found[0], found.at(-1)]).toEqual(['a,b,c', 'c']);
    expect(budget.news()).toMatchObject([
      {
        state: 'aside',
        ruleIds: ['a', 'b'],
        pattern: 'a.?b',
        reason: 'tests took more than 500 ms of a batch',
        atMs: machine.nowMs,
      },
    ]);
    expect([set.explain('a', event, budget.batch()), set.explain('a', event).length]).toEqual([[], 1]);
  });

  it('puts aside for him alone', () => {
    const set = setOf(engine);
    const [mine, other] = [machine.budget({ cpu: machine.cpu }), machine.budget({ cpu: machine.cpu })];
    machine.cost = 0.9;
    answers(set, mine, 500);
    machine.cost = 0;
    expect([answers(set, mine, 1), answers(set, other, 1), set.match(event).join()]).toEqual([
      ['c'],
      ['a,b,c'],
      'a,b,c',
    ]);
    expect(other.news()).toEqual([]);
  });

  it('is forgotten between batches, but not within a minute', () => {
    const [set, budget] = [setOf(engine), machine.budget({ cpu: machine.cpu })];
    machine.cost = 0.5;
    for (let batch = 0; batch < 20; batch += 1) answers(set, budget, 200);
    expect(budget.news()).toMatchObject([{ reason: 'tests took more than 3000 ms within a minute' }]);
    const slow = machine.budget({ cpu: machine.cpu });
    for (let batch = 0; batch < 20; batch += 1) {
      answers(set, slow, 200);
      machine.later(MINUTE_MS);
    }
    expect(slow.news()).toEqual([]);
  });

  it('rests for a minute, is tried again, and is back when it holds', () => {
    const [set, budget] = [setOf(engine), machine.budget({ cpu: machine.cpu })];
    machine.cost = 0.9;
    answers(set, budget, 500);
    machine.cost = 0;
    machine.later(MINUTE_MS - 1);
    expect(answers(set, budget, 1)).toEqual(['c']);
    machine.later(1);
    expect(answers(set, budget, 1)).toEqual(['a,b,c']);
    expect(budget.news().map(({ state }) => state)).toEqual(['aside']);
    machine.later(MINUTE_MS);
    expect(budget.news()).toMatchObject([{ state: 'back', ruleIds: ['a', 'b'], pattern: 'a.?b' }]);
    expect(budget.isIdle).toBe(true);
  });

  it('is told once while it fails again and again', () => {
    const [set, budget] = [setOf(engine), machine.budget({ cpu: machine.cpu })];
    machine.cost = 0.9;
    for (let minute = 0; minute < 10; minute += 1) {
      answers(set, budget, 500);
      machine.later(MINUTE_MS);
    }
    expect(budget.news().map(({ state, ruleIds }) => [state, ...ruleIds])).toEqual([['aside', 'a', 'b']]);
  });

  it.each([
    ['where the thread tells its time', true],
    ['where it does not', false],
  ])('minds no pause of the machine, %s', (_, hasCpu) => {
    const [set, budget] = [setOf(engine), machine.budget(hasCpu ? { cpu: machine.cpu } : {})];
    for (const pauseMs of [1_500, 60_000, 700]) {
      machine.pause = pauseMs;
      expect(answers(set, budget, 100)).toEqual(Array.from({ length: 100 }, () => 'a,b,c'));
      machine.later(5 * MINUTE_MS);
    }
    expect(budget.news()).toEqual([]);
  });

  it('is believed by the wall when it is too much twice, a second apart', () => {
    const [set, budget] = [setOf(engine), machine.budget()];
    machine.cost = 0.9;
    answers(set, budget, 200);
    expect(budget.news()).toEqual([]);
    answers(set, budget, 2_000);
    expect(budget.news()[0]).toMatchObject({ state: 'aside', ruleIds: ['a', 'b'] });
  });

  it('ends when hundreds of expressions share it', () => {
    const patterns = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`r${index}`, `a.?b|${index}x`]));
    const [set, budget] = [setOf(engine, patterns), machine.budget({ cpu: machine.cpu })];
    machine.cost = 0.9;
    const before = machine.workedMs;
    answers(set, budget, 500);
    expect(machine.workedMs - before).toBeLessThan(10_000);
    expect(set.match(event, budget.batch()).length).toBeLessThan(3);
  });
});

describe('what all rules of a stranger cost', () => {
  it('is watched when asked for: all of them rest, for him alone', () => {
    const machine = new BusyMachine();
    const rule = RULE('a', 'unused').replace('A|re', 'A|contains').replace('unused', 'xa');
    const set = compile([{ path: 'r.yml', text: rule }], { watches: 'everything' });
    const [mine, other] = [machine.budget({ cpu: machine.cpu }), machine.budget({ cpu: machine.cpu })];
    machine.cost = 0.9;
    expect(answers(set, mine, 1_000).at(-1)).toBe('');
    expect(mine.news()).toMatchObject([{ state: 'aside', ruleIds: ['a'], pattern: '' }]);
    machine.cost = 0;
    expect(answers(set, other, 1)).toEqual(['a']);
  });
});
