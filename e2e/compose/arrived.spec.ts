import { parse, specifiedRules, validate } from 'graphql';
import { limits } from '../../services/gateway/src/http/endpoints.js';
import { schemaOf } from '../fuzz/documents.js';
import { FINDINGS, lossesOf, SHOWN, type ArrivedLoad } from './arrived.js';

it.each([SHOWN, FINDINGS])('what the count asks is answered by the analyst schema: %s', (query) =>
  expect(validate(schemaOf('analyst'), parse(query), [...specifiedRules, ...limits])).toEqual([]),
);

const whole: ArrivedLoad = {
  acknowledged: { events: 40, attacks: 1 },
  onKafka: { events: 60 },
  shown: { accepted: 60, dead: 0, attacked: 1, inCases: 1, cases: 1 },
  missing: [],
};

it.each([
  ['nothing', whole, 0],
  ['what never came to Kafka', { ...whole, onKafka: { events: 20 } }, 2],
  ['what is not shown', { ...whole, shown: { ...whole.shown, accepted: 59 } }, 1],
  ['what became dead letters', { ...whole, shown: { ...whole.shown, dead: 1 } }, 1],
  ['an attack that nobody found', { ...whole, missing: ['srv'] }, 1],
])('counts as lost: %s', (_, load, sentences) => expect(lossesOf(load)).toHaveLength(sentences));
