import { defineService } from './definition.js';
import { consumerGroups, topicOf, topologyOf } from './topology.js';

const page = defineService({
  name: 'cases',
  decides: [
    { subject: 'case', version: 1, key: () => '', initial: () => ({}), evolve: (state) => state, decide: () => [] },
  ],
  reacts: [{ name: 'one', hears: ['finding.raised'], react: () => [] }],
  asks: ['clustering.place-finding'],
});

it('hears the requests it decides and the facts it reacts to', () =>
  expect(topologyOf(page).hears).toEqual(
    expect.arrayContaining(['vigie.case.requests', 'vigie.finding.events', 'vigie.tenant.state', 'vigie.cases.retry']),
  ));
it('says its own facts, its answers and what it asks', () =>
  expect(topologyOf(page).says).toEqual(
    expect.arrayContaining([
      'vigie.case.events',
      'vigie.request.events',
      'vigie.clustering.requests',
      'vigie.cases.dead-letter',
    ]),
  ));
it('says where the streams of its store stand, and what was erased from it, if it has any', () => {
  const ofStores = ['vigie.anchor.events', 'vigie.erasure.events'];
  expect(topologyOf(page).says).toEqual(expect.arrayContaining(ofStores));
  expect(topologyOf(defineService({ name: 'gateway' })).says).toEqual(expect.not.arrayContaining(ofStores));
});
it('hears and says what its pipes, what it follows and its listeners name, and opens none of them', () => {
  const never = () => {
    throw new Error('opened');
  };
  const stage = defineService({
    name: 'collection',
    follows: ['vigie.indicator.events'],
    pipes: [{ name: 'stage', from: ['ingest.'], to: ['vigie.telemetry.normalized'], open: never }],
    listens: { to: ['ingest.'], start: never },
  });
  const { hears, says } = topologyOf(stage);
  expect(hears).toEqual(expect.arrayContaining(['ingest.', 'vigie.indicator.events']));
  expect(says).toEqual(expect.arrayContaining(['ingest.', 'vigie.telemetry.normalized']));
});
it('says nothing of others', () => expect(topologyOf(page).says).not.toContain('vigie.finding.events'));
it('knows no topic of a type without a contract', () => expect(() => topicOf('nobody.said')).toThrow('no contract'));

it('reads in a group for each of its loops that has something to hear', () => {
  expect(consumerGroups(page)).toEqual(['vigie.cases.reactions', 'vigie.cases.requests']);
  const pipe = { name: 'lake', from: ['vigie.telemetry.enriched'], to: [], open: () => ({ handle: async () => {} }) };
  expect(consumerGroups(defineService({ name: 'hunting', pipes: [pipe] }))).toEqual(['vigie.hunting.lake']);
});
