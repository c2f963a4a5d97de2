import type { RulesetAddException, RulesetExceptionAdded } from '#contracts';
import { OPERATOR, DAY_MS } from '#libs/terms';
import { scenario, testContext } from '#libs/testing';
import { rulesetStream } from './decider.js';

const { given } = scenario(rulesetStream, { tenant: OPERATOR });
const [by, at] = [testContext.actor, testContext.now];
const exception = {
  exceptionId: 'x1',
  ruleId: 'r1',
  where: [{ field: 'Image|endswith', values: ['\\\\scan.exe'] }],
  owner: 'Ada',
  reason: 'our own scanner',
  expiresAt: at + DAY_MS,
};
const add = (special: Partial<RulesetAddException> = {}): RulesetAddException => ({
  type: 'ruleset.add-exception',
  ...exception,
  ...special,
});
const added = (special: Partial<RulesetExceptionAdded> = {}): RulesetExceptionAdded => ({
  type: 'ruleset.exception-added',
  ...exception,
  by,
  at,
  ...special,
});
const ended = (expired: boolean) => ({
  type: 'ruleset.exception-ended' as const,
  exceptionId: 'x1',
  ruleId: 'r1',
  expired,
  reason: 'over',
  by,
  at,
});
const end = { type: 'ruleset.end-exception' as const, exceptionId: 'x1', reason: 'over' };
const clock = { subject: 'detection', side: 'SYSTEM' as const };

describe('an exception', () => {
  const acme = scenario(rulesetStream, { tenant: 'acme' });
  it('is added', () => acme.given().when(add()).then(added()));
  it.each([
    ['Port|lt', '1024'],
    ['Image|re', '^C:.*'],
    ['Ip|cidr', '10.0.0.0/8'],
    ['CommandLine|windash|contains', ' -f'],
    ['Image|endswith|cased', '*?'],
    ['Image|contains', '%x%'],
  ])('may say %s', (field, ...values) => {
    const where = [{ field, values }];
    acme.given().when(add({ where })).then(added({ where }));
  });
  it('is added once', () => acme.given(added()).when(add()).then());
  it('ends by hand', () => acme.given(added()).when(end).then(ended(false)));
  it('ends once', () => acme.given(added(), ended(false)).when(end).then());
  it('does not come back', () => acme.given(added(), ended(true)).when(add()).refuses('has ended'));
  it('ends by the clock at its time', () =>
    acme
      .given(added())
      .when(end, { actor: clock, now: at + DAY_MS })
      .thenLike({ ...ended(true), by: clock, at: at + DAY_MS }));
  it('ends by the clock no sooner', () => acme.given(added()).when(end, { actor: clock }).then());
  it('that is none does not end', () => acme.given().when(end).refuses('no such exception'));
  it('is of one tenant', () => given().when(add()).refuses('of one tenant'));
  it('is bounded in number', () =>
    acme
      .given(...Array.from({ length: 500 }, (_, index) => added({ exceptionId: `x-${index}` })))
      .when(add())
      .refuses('at most 500'));
  it.each<[string, Partial<RulesetAddException>, string]>([
    ['no owner', { owner: ' ' }, 'an owner has'],
    ['hardly a reason', { reason: 'because' }, '10 to 500'],
    ['a reason without end', { reason: 'x'.repeat(501) }, '10 to 500'],
    ['no rule', { ruleId: '' }, 'a rule has'],
    ['an end in the past', { expiresAt: at }, 'in the future'],
    ['no end in sight', { expiresAt: at + 367 * DAY_MS }, 'within a year'],
    ['no condition', { where: [] }, '1 to 10 conditions'],
    ['too many conditions', { where: Array.from({ length: 11 }, () => exception.where[0]!) }, '1 to 10 conditions'],
    ['a condition on nothing', { where: [{ field: '|contains', values: ['x'] }] }, 'names a field'],
    ['a field with a line end', { where: [{ field: 'a\nb', values: ['x'] }] }, 'names a field'],
    ['a modifier that turns it round', { where: [{ field: 'Image|neq', values: ['x'] }] }, "no modifier 'neq'"],
    [
      'values without end',
      { where: [{ field: 'Image', values: Array.from({ length: 17 }, () => 'x'.repeat(1_000)) }] },
      'at most 16 KiB',
    ],
    [
      'an expression that is none',
      { where: [{ field: 'Image|re', values: ['(a'] }] },
      'condition 1: Image|re: not a valid regular expression',
    ],
    [
      'no network',
      {
        where: [
          { field: 'Image', values: ['a'] },
          { field: 'SourceIp|cidr', values: ['10.0.0.0/99'] },
        ],
      },
      'condition 2: SourceIp|cidr',
    ],
    ['no value', { where: [{ field: 'Image', values: [] }] }, '1 to 50 values'],
    ['an empty value', { where: [{ field: 'Image|contains', values: [''] }] }, 'let everything pass'],
  ])('is refused with %s', (_, special, sentence) => acme.given().when(add(special)).refuses(sentence));
});
