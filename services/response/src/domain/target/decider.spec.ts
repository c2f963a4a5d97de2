import fc from 'fast-check';
import type { TargetFact, TargetRecordEffect } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { scenario } from '#libs/testing';
import { at, found, system } from '../../../test/samples/action.js';
import { targetStream } from './decider.js';

const { given } = scenario(targetStream, { actor: system, now: at + 90 * MINUTE_MS });
const record = (actionId: string, isTaken: boolean, minute: number, inverting = false): TargetRecordEffect => ({
  type: 'target.record-effect',
  ...found,
  actionId,
  caseId: `case of ${actionId}`,
  takes: 'isolate-host',
  isTaken,
  inverting,
  evidence: `seen of ${actionId}`,
  observedAt: at + minute * MINUTE_MS,
});
const taken = (actionId: string, minute: number) => record(actionId, true, minute);
const released = (actionId: string, minute: number) => record(actionId, false, minute);
const undone = (actionId: string, minute: number) => record(actionId, false, minute, true);
/** Whatever comes of these, in this order. */
const after = (...requests: TargetRecordEffect[]): TargetFact[] =>
  requests.reduce<TargetFact[]>(
    (past, request) => [
      ...past,
      ...given(...past)
        .when(request)
        .facts(),
    ],
    [],
  );
const ended = (facts: TargetFact[]): string[][] =>
  facts.flatMap((fact) => (fact.type === 'target.effect-ended' ? [[fact.actionId, fact.byActionId]] : []));

describe('what an action took from a target', () => {
  it('is over once another action was seen to give it back, which says what was seen, and when', () =>
    given(...after(taken('x', 0)))
      .when(released('r', 75))
      .thenLike({ type: 'target.effect-seen', actionId: 'r', isTaken: false }, {
        type: 'target.effect-ended',
        actionId: 'x',
        byActionId: 'r',
        byCaseId: 'case of r',
        inverting: false,
        evidence: 'seen of r',
        observedAt: at + 75 * MINUTE_MS,
      } as TargetFact));
  it('is over for all who found it so, once it is undone', () =>
    expect(ended(after(taken('x', 0), taken('y', 60), taken('z', 61), undone('x', 80)))).toEqual([
      ['y', 'x'],
      ['z', 'x'],
    ]));
  it('is not over by an old release that is heard of late', () => {
    expect(ended(after(taken('x', 20), released('r', 10)))).toEqual([]);
    expect(ended(after(taken('x', 10), released('r', 10)))).toEqual([]);
  });
  it('is over at once where it is heard of after a release that was seen later', () =>
    expect(ended(after(released('r', 30), released('s', 25), taken('x', 20)))).toEqual([['x', 'r']]));
  it('is not ended by its own undoing, which says so itself', () => {
    expect(ended(after(taken('x', 0), undone('x', 10)))).toEqual([]);
    expect(ended(after(undone('x', 10), taken('x', 0)))).toEqual([]);
  });
  it('is not ended by what gives back something else', () =>
    expect(ended(after(taken('x', 0), { ...released('r', 10), takes: 'suspend-user' }))).toEqual([]));
  it('is over once, however often that is told', () => {
    const all = [taken('x', 0), released('r', 10)];
    expect(after(...all, ...all.slice(1), released('r', 10))).toHaveLength(3);
    expect(after(taken('x', 0), taken('x', 0))).toHaveLength(1);
    expect(ended(after(...all, released('s', 20)))).toEqual([['x', 'r']]);
  });
  it('is recorded by the service alone', () =>
    given()
      .when(taken('x', 0), { actor: { subject: 'ada', side: 'PROVIDER' } })
      .refuses('only the service itself'));

  it('is over in the end by what was seen, in whatever order and however often that is heard', () => {
    const step = fc.record({ minute: fc.nat(40), isTaken: fc.boolean() });
    const history = fc.array(step, { minLength: 2, maxLength: 8 }).chain((steps) => {
      const all = steps.map(({ minute, isTaken }, index) => record(`${index}`, isTaken, minute));
      const heard = fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length });
      return heard.map((order) => ({ all, order }));
    });
    let seen = 0;
    fc.assert(
      fc.property(history, ({ all, order }) => {
        const over = all.filter(
          (one) => one.isTaken && all.some((other) => !other.isTaken && other.observedAt > one.observedAt),
        );
        const names = [...new Set(ended(after(...order)).map(([name]) => name))];
        expect(names.sort()).toEqual(over.map(({ actionId }) => actionId).sort());
        seen += over.length;
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(200);
  });
});
