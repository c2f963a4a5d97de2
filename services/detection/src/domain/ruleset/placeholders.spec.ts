import type { RulesetPlaceholderSet } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { scenario, testContext } from '#libs/testing';
import { rulesetStream } from './decider.js';

const { given } = scenario(rulesetStream, { tenant: OPERATOR });
const [by, at] = [testContext.actor, testContext.now];

describe('a placeholder', () => {
  const acme = scenario(rulesetStream, { tenant: 'acme' });
  const set = (values: string[], name = 'admins') => ({ type: 'ruleset.set-placeholder' as const, name, values });
  const isSet = (values: string[], name = 'admins'): RulesetPlaceholderSet => ({
    type: 'ruleset.placeholder-set',
    name,
    values,
    by,
    at,
  });
  it('gets values', () =>
    acme
      .given()
      .when(set(['ada', 'b*']))
      .then(isSet(['ada', 'b*'])));
  it('gets the same values once', () =>
    acme
      .given(isSet(['ada']))
      .when(set(['ada']))
      .then());
  it('loses them', () =>
    acme
      .given(isSet(['ada']))
      .when(set([]))
      .then(isSet([])));
  it('is of one tenant', () =>
    given()
      .when(set(['x']))
      .refuses('of one tenant'));
  it('has a plain name', () =>
    acme
      .given()
      .when(set(['x'], 'a b'))
      .refuses('letters, digits'));
  it('has, with all others, values that one document can hold', () => {
    const many = Array.from({ length: 300 }, (_, index) => `${index} ${'x'.repeat(1_000)}`);
    acme.given(isSet(many, 'a')).when(set(many, 'b')).refuses('at most 512 KiB');
    acme
      .given(isSet(many, 'a'))
      .when(set(many.slice(1), 'a'))
      .then(isSet(many.slice(1), 'a'));
    acme.given(isSet(many, 'a'), isSet(many, 'b')).when(set([], 'a')).then(isSet([], 'a'));
  });
  it('has values that are text', () =>
    acme
      .given()
      .when(set(['']))
      .refuses('1 to 1024'));
});
