import type { TelemetryEvent } from '#contracts';
import { atOnce } from '#libs/service';
import { NOTHING_KNOWN } from '#libs/terms';
import { piecesIn } from '../sources/pieces.js';
import type { MessagePiece, Source } from '../sources/source.js';
import { otlpLinesIn } from './otlp-message.js';
import { envelopedPieces, readEnveloped, type EnvelopedPiece } from './enveloped.js';
import { EnvelopeJson } from './envelope-json.js';
import { NamesRoom } from './names-room.js';
import { unplaced } from './localised.js';
import { withHost } from './placed-host.js';
import { placed, withTime } from './placed-time.js';
import { isUnknown } from './unknown-events.js';
import { whyUnreadable } from './unreadable-bytes.js';
import { notNormalised, readPiece, type PieceProblem, type ReadPiece } from './piece.js';
import { MOST_PIECES, rangesOf, type PieceRange } from './piece-ranges.js';
import { latestAt, placedEvent } from './placed-event.js';
import { eventIdOf, type IngestPlace } from './topic.js';

/** A part of a message that is no event: it is set aside, and the rest goes on. */
export interface RejectedPiece {
  index: number;
  id: string;
  bytes: Buffer;
  code: string;
  sentence: string;
}

export interface ReadPieces {
  events: TelemetryEvent[];
  rejected: RejectedPiece[];
  /** What a piece was, as it came: an event's native bytes are without what stood around it. */
  bytesOf?: (index: number) => Buffer | undefined;
  /** Its pieces are lines of envelopes, as which the rejected are read again. */
  enveloped?: boolean;
  /** Pieces that were not looked at, for there are too many. */
  rest?: { count: number; ranges: PieceRange[] };
}

/** Which pieces of a message are wanted, and the index of its first. */
export interface WantedPieces {
  firstIndex?: number;
  /** Absent: all. */
  ranges?: PieceRange[];
  /** What all its events are flagged with. */
  flags?: readonly string[];
  /** Whether its lines are events in envelopes; absent: nobody says, and what is OTLP by its bytes is read as such. */
  enveloped?: boolean;
}

/** A packed message may hold more than any that a topic takes as it is: each of its pieces weighs many times its bytes. */
const MOST_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Pieces between two pauses. */
const AT_ONCE = 256;

const isWanted = (index: number, ranges: PieceRange[]): boolean =>
  ranges.some(([from, to]) => index >= from && index <= to);

/** The indexes that are looked at, and those for which there is no room. */
const chosen = (
  count: number,
  { firstIndex = 0, ranges }: WantedPieces,
): { now: number[] } & Pick<ReadPieces, 'rest'> => {
  const first = (most: number): number[] => {
    const indexes: number[] = [];
    for (let at = 0; at < count && at < most; at += 1) indexes.push(at + firstIndex);
    return indexes;
  };
  if (!ranges) {
    const more = count - MOST_PIECES;
    return {
      now: first(MOST_PIECES),
      ...(more > 0 ? { rest: { count: more, ranges: [[firstIndex + MOST_PIECES, firstIndex + count - 1]] } } : {}),
    };
  }
  const wanted = first(count).filter((index) => isWanted(index, ranges));
  const later = wanted.slice(MOST_PIECES);
  return {
    now: wanted.slice(0, MOST_PIECES),
    ...(later.length > 0 ? { rest: { count: later.length, ranges: rangesOf(later) } } : {}),
  };
};

/** The pieces of a message, or why it has none. */
const piecesOf = (
  message: Buffer,
  { form }: Source,
  wanted: WantedPieces,
): { pieces: (MessagePiece | EnvelopedPiece)[]; enveloped: boolean } | PieceProblem => {
  if (message.length > MOST_MESSAGE_BYTES)
    return {
      code: 'TOO_LARGE',
      sentence: `The message has ${message.length} bytes unpacked; at most ${MOST_MESSAGE_BYTES} are taken.`,
    };
  // What a listener took is marked: no event can say by its own bytes what was said around it.
  const lines = wanted.enveloped === undefined ? otlpLinesIn(message) : undefined;
  if (Buffer.isBuffer(lines)) return { pieces: envelopedPieces(lines, form), enveloped: true };
  const unreadable = lines ?? whyUnreadable(message);
  if (unreadable) return unreadable;
  if (wanted.enveloped) return { pieces: envelopedPieces(message, form), enveloped: true };
  // Listeners put many events into one message; who writes to the topic himself puts a block of text there by itself.
  const isOne = wanted.enveloped === undefined;
  return { pieces: piecesIn(message, isOne ? { ...form, isOne } : form), enveloped: false };
};

/**
 * Reads one ingest message, with a pause after every 256 pieces: whoever drives it lets others have a turn. What cannot
 * be read is rejected piece by piece; a message that is no text as a whole; of more than 10,000 pieces the rest
 * is not looked at. `wanted` is for a part of a message that was set aside and comes again. Times ahead of the broker's
 * clock by more than 5 minutes are clamped there and flagged.
 */
export function* readInSteps(
  message: Buffer,
  place: IngestPlace,
  source: Source,
  wanted: WantedPieces = {},
): Generator<void, ReadPieces> {
  const read: ReadPieces = { events: [], rejected: [] };
  const { firstIndex = 0, flags = [] } = wanted;
  const reject = (index: number, piece: { readonly bytes: Buffer }, problem: PieceProblem): void =>
    void read.rejected.push({
      index,
      id: eventIdOf(place, index),
      // Of many, few become a letter: the others' bytes are never made.
      get bytes() {
        return piece.bytes;
      },
      ...problem,
    });
  const cut = guarded(() => piecesOf(message, source, wanted));
  if ('code' in cut) {
    reject(firstIndex, { bytes: message }, cut);
    return read;
  }
  const { pieces, enveloped } = cut;
  read.enveloped = enveloped;
  read.bytesOf = (index) => pieces[index - firstIndex]?.bytes;
  const { now, rest } = chosen(pieces.length, wanted);
  const names = new NamesRoom(message.length);
  const envelopes = new EnvelopeJson(message.length, names);
  let at = 0;
  for (const index of now) {
    if (at % AT_ONCE === AT_ONCE - 1) yield;
    at += 1;
    const piece = pieces[index - firstIndex] as MessagePiece | EnvelopedPiece;
    const said = guarded(() =>
      'inner' in piece
        ? readEnveloped(piece, source, place.timestamp, names)
        : readPiece(piece, source, place.timestamp),
    );
    const made = 'code' in said ? said : normalised(said, place, index, source, envelopes);
    if ('code' in made) reject(index, piece, made);
    else read.events.push(flags.length > 0 ? { ...made, flags: [...made.flags, ...flags] } : made);
  }
  return rest ? { ...read, rest } : read;
}

/** Reads a message without pauses. */
export const readMessage = (
  message: Buffer,
  place: IngestPlace,
  source: Source,
  wanted: WantedPieces = {},
): ReadPieces => atOnce(readInSteps(message, place, source, wanted));

/** Reading does not throw; should it, what it read is set aside and nobody else waits for it. */
const guarded = <T>(read: () => T): T | PieceProblem => {
  try {
    return read();
  } catch (error) {
    return notNormalised(error);
  }
};

/** Of one event: as `guarded`. */
const normalised = (
  said: ReadPiece,
  place: IngestPlace,
  index: number,
  source: Source,
  envelopes: EnvelopeJson,
): TelemetryEvent | PieceProblem =>
  guarded(() => {
    const event = eventOf(said, place, index, source);
    if (!said.envelope) return event;
    const { envelope, flags } = envelopes.of(said.envelope);
    event.envelope = envelope;
    event.flags = onceEach(event.flags, flags);
    return event;
  });

const onceEach = (flags: string[], others: string[]): string[] =>
  flags.length <= 1 && others.length === 0 ? flags : [...new Set([...flags, ...others])];

const NONE: readonly string[] = [];

/** Most events have none. */
const flagsOf = (...each: (readonly string[] | undefined)[]): string[] => {
  const all: string[] = [];
  for (const some of each) for (const flag of some ?? NONE) all.push(flag);
  return all;
};

const eventOf = (
  { event, native, envelope, beside, flags: read }: ReadPiece,
  place: IngestPlace,
  index: number,
  source: Source,
): TelemetryEvent => {
  const own = source.normalise(beside ? { ...beside, ...event } : event, native);
  const { made, flags: named } = withHost(own, source.kind, envelope);
  const { occurredAt: said, otherTime, entity, observables, ocsf } = made;
  const latest = latestAt(place);
  const { occurredAt, flags } = withTime(
    said === undefined ? unplaced(made, envelope, place.timestamp) : placed(said, otherTime, latest),
    envelope,
    latest,
  );
  return placedEvent(
    {
      occurredAt,
      entity,
      observables,
      ocsf,
      flags: flagsOf(
        read,
        isUnknown(own, event, native, source) ? [NOTHING_KNOWN] : NONE,
        named,
        envelope?.flags,
        flags,
      ),
      native,
      envelope: null,
    },
    place,
    index,
  );
};
