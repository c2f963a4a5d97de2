import { atOnce } from '#libs/service';
import type { BodyFacts, BodyFormat } from './body-format.js';
import { ndjson } from './formats.js';
import { readHecEvents, readHecEventsInSteps, readHecRawInSteps, type HecDefaults } from './hec.js';
import { hecBody, hecRefused } from './hec-codes.js';

const ABOUT = ['host', 'source', 'sourcetype', 'index', 'time'] as const;

const defaultsOf = ({ query }: BodyFacts): HecDefaults =>
  Object.fromEntries(ABOUT.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])));

const answers: Pick<BodyFormat, 'by' | 'taken' | 'refused'> = {
  by: 'hec',
  taken: ({ ackId }) => ({ status: 200, body: { ...hecBody(0), ...(ackId === undefined ? {} : { ackId }) } }),
  refused: (refusal) => hecRefused(refusal),
};

/** /services/collector/event: envelopes, one behind the other or in arrays. */
export const hecEvents: BodyFormat = {
  read: (body, facts) => readHecEvents(body, defaultsOf(facts)),
  readInSteps: (body, facts) => readHecEventsInSteps(body, defaultsOf(facts)),
  ...answers,
};

const rawInSteps = (body: Buffer, facts: BodyFacts) =>
  readHecRawInSteps(ndjson.read(body, facts).events, defaultsOf(facts));

/** /services/collector/raw: lines, or JSON values. */
export const hecRaw: BodyFormat = {
  read: (body, facts) => atOnce(rawInSteps(body, facts)),
  readInSteps: rawInSteps,
  ...answers,
};
