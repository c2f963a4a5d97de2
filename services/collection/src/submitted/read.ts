/**
 * Messages of sources of kind CONTRACT: one event each, in the Avro contract `telemetry.submitted`, which its partner
 * has normalised. The id before it is that of a schema that we have published; no other is looked for anywhere.
 */
import type { SourceKind, TelemetryEvent, TelemetrySubmitted } from '#contracts';
import { decode, schemaById, schemaIdOf } from '#libs/events';
import { Unreadable } from '#libs/model';
import { NOTHING_KNOWN } from '#libs/terms';
import { EnvelopeJson } from '../ingest/envelope-json.js';
import type { ReadPieces, WantedPieces } from '../ingest/message.js';
import { notNormalised } from '../ingest/piece.js';
import { readPiece, type PieceProblem } from '../ingest/piece.js';
import { placedEvent } from '../ingest/placed-event.js';
import { eventIdOf, type IngestPlace } from '../ingest/topic.js';
import { checkedFacts, whyNoEntity, type CheckedFacts } from './facts.js';

export const SUBMITTED = 'telemetry.submitted';

/** What a message of such a source is made of. */
interface SubmittedParts {
  kind: SourceKind;
  facts: CheckedFacts;
  native: Buffer;
  envelope: Buffer | null;
  flags: string[];
}

const HOW = `A source of kind contract takes ${SUBMITTED} in Avro, over Kafka: 0x00, the id of its schema in four bytes, then the event`;

const startsAsJson = (message: Buffer): boolean => /^[\s\ufeff]*[[{]/.test(message.toString('utf8', 0, 64));

/** Why the bytes are not of the contract, before anything of them is decoded. */
const whyNotSubmitted = (message: Buffer): PieceProblem | undefined => {
  if (message.length === 0) return { code: 'NOT_FRAMED', sentence: `${HOW}. This is empty.` };
  if (message[0] !== 0)
    return { code: 'NOT_FRAMED', sentence: `${HOW}. This is ${startsAsJson(message) ? 'JSON' : 'something else'}.` };
  const id = schemaIdOf(message);
  const schema = schemaById(id);
  if (!schema) return { code: 'UNKNOWN_SCHEMA', sentence: `${HOW}. There is no published schema with the id ${id}.` };
  if (schema.type !== SUBMITTED)
    return { code: 'WRONG_CONTRACT', sentence: `${HOW}. The id ${id} is that of ${schema.type}.` };
  return undefined;
};

const AS_IT_IS = { form: {}, kind: 'CONTRACT' } as const;

/** Nothing but an object counts, within the bounds of every event. */
const nativeOf = (native: Buffer): PieceProblem | undefined => {
  const read = readPiece({ bytes: native, json: native }, AS_IT_IS, 0);
  return 'code' in read ? { ...read, sentence: `native: ${read.sentence}` } : undefined;
};

const envelopeOf = (envelope: Buffer): PieceProblem | undefined => {
  const read = readPiece({ bytes: envelope, json: envelope }, AS_IT_IS, 0);
  return 'code' in read ? { code: 'BAD_ENVELOPE', sentence: `envelope: ${read.sentence}` } : undefined;
};

const submissionIn = (message: Buffer): SubmittedParts | PieceProblem => {
  const problem = whyNotSubmitted(message);
  if (problem) return problem;
  const said = decode<TelemetrySubmitted>(message);
  const { entity, native, envelope = null, nativeKind } = said;
  const noEntity = whyNoEntity(entity);
  const wrong = nativeOf(native) ?? (envelope ? envelopeOf(envelope) : undefined);
  if (wrong) return wrong;
  if (noEntity !== undefined) return { code: 'BAD_ENTITY', sentence: noEntity };
  const kept = new EnvelopeJson(message.length).of({
    by: SUBMITTED,
    ...(envelope ? { kept: { said: [{ by: 'submitted', said: envelope.toString('utf8') }] } } : {}),
  });
  const facts = checkedFacts(said);
  return {
    kind: nativeKind === 'UNKNOWN' ? 'CONTRACT' : nativeKind,
    facts,
    native,
    envelope: kept.envelope,
    flags: [...facts.flags, ...kept.flags],
  };
};

const saysNothing = ({ occurredAt, entity, observables, ocsf }: CheckedFacts): boolean =>
  occurredAt === undefined && observables.length === 0 && entity.endsWith(':unknown') && ocsf.classUid === 0;

const eventOf = (
  { facts, native, envelope, flags }: SubmittedParts,
  place: IngestPlace,
  { firstIndex = 0, flags: more = [] }: WantedPieces,
): TelemetryEvent => {
  const { occurredAt, entity, observables, ocsf } = facts;
  const known = saysNothing(facts) ? [NOTHING_KNOWN] : [];
  const read = { occurredAt, entity, observables, ocsf, flags: [...known, ...flags], native, envelope };
  const event = placedEvent(read, place, firstIndex);
  return { ...event, flags: [...event.flags, ...more] };
};

/** Reads one message: an event, and the kind of rules that read its native bytes, or why there is none. */
export const readSubmitted = (
  message: Buffer,
  place: IngestPlace,
  wanted: WantedPieces = {},
): ReadPieces & { kind: SourceKind } => {
  const { firstIndex: index = 0 } = wanted;
  const read = submitted(message);
  if (!('code' in read))
    return { kind: read.kind, events: [eventOf(read, place, wanted)], rejected: [], bytesOf: () => message };
  return {
    kind: 'CONTRACT',
    events: [],
    rejected: [{ index, id: eventIdOf(place, index), bytes: message, ...read }],
  };
};

const submitted = (message: Buffer): SubmittedParts | PieceProblem => {
  try {
    return submissionIn(message);
  } catch (error) {
    if (!(error instanceof Unreadable)) return notNormalised(error);
    return { code: error.code, sentence: `${HOW}. It cannot be read: ${error.message.slice(0, 300)}` };
  }
};
