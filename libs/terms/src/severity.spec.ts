import { catalogue } from '#contracts';
import { CRITICALITIES, highestCriticality, highestSeverity, isAtLeast, SEVERITIES, severityRank } from './severity.js';

/** The symbols of an enum, as contracts have them. */
const symbolsOf = (name: string): unknown => {
  const found = catalogue
    .map(({ schema }) => new RegExp(`"name":"${name}"[^}]*?"symbols":(\\[[^\\]]*\\])`).exec(schema)?.[1])
    .find((symbols) => symbols !== undefined);
  return JSON.parse(found ?? '[]');
};

it.each([
  ['Severity', SEVERITIES],
  ['Criticality', CRITICALITIES],
])('%s has an order, the contract’s', (name, order) => expect(symbolsOf(name)).toEqual(order));

it('says which is higher', () => {
  expect(severityRank('HIGH')).toBeGreaterThan(severityRank('MEDIUM'));
  expect([isAtLeast('HIGH', 'HIGH'), isAtLeast('FATAL', 'HIGH'), isAtLeast('UNKNOWN', 'LOW')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([highestSeverity(['LOW', 'HIGH', 'MEDIUM']), highestSeverity([])]).toEqual(['HIGH', undefined]);
  expect([highestCriticality(['LOW', 'CRITICAL', 'HIGH']), highestCriticality([])]).toEqual(['CRITICAL', 'UNKNOWN']);
});
