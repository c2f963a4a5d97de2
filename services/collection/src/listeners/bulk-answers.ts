/** What clients of Elasticsearch expect to hear, by the names that its errors have. */
import type { BodyFacts, BodyFormat, DoorAnswer } from './body-format.js';
import type { BulkItem } from './bulk-lines.js';

/** Official clients talk to nobody who does not say so. */
const PRODUCT = { 'x-elastic-product': 'Elasticsearch' };
const VENDED = /application\/vnd\.elasticsearch\+json *; *compatible-with=\d+/;

/** An answer in the media type that the client asks for. */
export const elasticAnswer = (
  status: number,
  body: object,
  { accept = '' }: Pick<BodyFacts, 'accept'>,
): DoorAnswer => ({
  status,
  body,
  type: VENDED.exec(accept)?.[0] ?? 'application/json',
  headers: PRODUCT,
});

const TYPES: Record<number, string> = {
  400: 'illegal_argument_exception',
  401: 'security_exception',
  403: 'security_exception',
  413: 'content_too_long_exception',
  429: 'es_rejected_execution_exception',
  503: 'unavailable_shards_exception',
};

interface ElasticError {
  type: string;
  reason: string;
}

const errorOf = (status: number, code: string, sentence: string): ElasticError => ({
  type: TYPES[status] ?? 'exception',
  reason: `${code}: ${sentence}`,
});

/** A request that is refused whole. Whoever is too slow sends again, as after any other 503. */
export const elasticRefused: BodyFormat['refused'] = ({ status: said, code, message }, facts) => {
  const status = said === 408 ? 503 : said;
  const error = errorOf(status, code, message);
  return elasticAnswer(status, { error: { root_cause: [error], ...error }, status }, facts);
};

/** What became of an item; without a problem, Kafka has it. */
export interface BulkOutcome extends Pick<BulkItem, 'action' | 'index' | 'id'> {
  problem?: { status: 400 | 429; code: string; sentence: string };
}

const itemAnswer = ({ action, index, id, problem }: BulkOutcome): object => {
  const about = { _index: index ?? '', ...(id === undefined ? {} : { _id: id }) };
  if (!problem) return { [action]: { ...about, _version: 1, result: 'created', status: 201 } };
  const { status, code, sentence } = problem;
  return { [action]: { ...about, status, error: errorOf(status, code, sentence) } };
};

/** What `_bulk` answers: an item for each that was sent, in order. */
export const bulkTaken = (items: BulkOutcome[], tookMs: number, facts: BodyFacts): DoorAnswer =>
  elasticAnswer(
    200,
    { took: Math.round(tookMs), errors: items.some(({ problem }) => problem), items: items.map(itemAnswer) },
    facts,
  );
