import type { RulesetExceptionApplied } from '#contracts';
import { showing } from '#libs/testing';
import { heardOf, idsOf, markOf, THEN } from '../../test/samples/index.js';
import { exceptions, suppressedBy, type ExceptionDoc } from './exceptions.js';

const ids = idsOf('acme');
const by = { subject: 'ada', side: 'PROVIDER' } as const;

describe('an exception', () => {
  const all = heardOf('acme', ...exceptions.hears);
  const applied = (counter: string, suppressed: number): RulesetExceptionApplied => ({
    type: 'ruleset.exception-applied',
    exceptionId: ids.exception,
    ruleId: 'r1',
    counter,
    suppressed,
    lastAt: THEN,
    at: THEN,
  });
  const after = (...facts: RulesetExceptionApplied[]): ExceptionDoc =>
    showing(exceptions).of(...all, ...facts)[ids.exception] as ExceptionDoc;
  it('is shown with who answers for it, why and how long', () =>
    expect(after()).toMatchObject({
      added: true,
      owner: markOf('acme'),
      ended: null,
      expiresAt: Date.UTC(2099, 0, 1),
    }));
  it('sums what its counters have counted, each counting up', () =>
    expect(suppressedBy(after(applied('c', 9), applied('d', 1), applied('c', 8), applied('c', 9)))).toBe(10));
  it('sums the counters of long ago, too', () =>
    expect(suppressedBy(after(...Array.from({ length: 200 }, (_, index) => applied(`run ${index}`, 1))))).toBe(207));
  it('is the same whatever is heard first', () =>
    expect(showing(exceptions).of(...[...all].reverse())).toEqual(showing(exceptions).of(...all)));
  it('says when and why it ended', () => {
    const ended = {
      type: 'ruleset.exception-ended' as const,
      exceptionId: ids.exception,
      ruleId: 'r1',
      expired: true,
      reason: 'its time has come',
      by,
      at: THEN + 1,
    };
    expect(showing(exceptions).of(...all, ended)[ids.exception]).toMatchObject({
      ended: { at: THEN + 1, expired: true, reason: 'its time has come' },
    });
  });
});
