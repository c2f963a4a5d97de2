import type { EnvelopeLine } from '../envelope/line.js';
import { Refusal } from './refusal.js';

/** Events of one request. */
export const MOST_EVENTS = 100_000;
/** Objects and arrays of a body that is parsed as one value. */
export const MOST_VALUES = 1_000_000;

/** Bytes of events that are parsed between two pauses. */
export const AT_ONCE_BYTES = 64 * 1024;
/** What an event costs besides, in bytes: a hundred thousand of a few bytes are as many times parsed. */
export const EVENT_COSTS = 256;

/** What a listener takes of a body. */
export interface TakenBody {
  events: Buffer[];
  /** They are lines of `envelope/line.ts`. */
  enveloped?: true;
  /** How many of them are only there to become dead letters, and why. */
  rejected?: { count: number; sentence: string };
  /** What the client is told all the same: some of the body was wrong. */
  refusal?: Refusal;
}

/** Of a request, what the reading of its body depends on. */
export interface BodyFacts {
  contentType: string;
  /** Media types that the client takes. */
  accept?: string;
  query: URLSearchParams;
}

/** An answer in the terms of a protocol; bytes are of `type`. */
export interface DoorAnswer {
  status: number;
  body: object | Buffer;
  type?: string;
  headers?: Record<string, string>;
}

/** A way to post events: how a body is cut into events, and what its clients expect to hear. */
export interface BodyFormat {
  /** The protocol, as lines name it that become dead letters. */
  by: EnvelopeLine['by'];
  /** @throws Refusal when nothing of the body can be taken. */
  read(body: Buffer, facts: BodyFacts): TakenBody;
  /** The same with pauses, in which others have their turn; of formats whose events are parsed one by one. */
  readInSteps?(body: Buffer, facts: BodyFacts): Generator<void, TakenBody>;
  /** A body without an event is welcome too. */
  mayBeEmpty?: true;
  taken(
    taken: { accepted: number; bytes: number; ackId?: number } & Pick<TakenBody, 'rejected'>,
    facts: BodyFacts,
  ): DoorAnswer;
  refused(refusal: Refusal, facts: BodyFacts): DoorAnswer;
}

export const notThis = (what: string): Refusal => new Refusal(400, 'BAD_BODY', `The body is not ${what}.`);

export const tooMany = (what: string): Refusal =>
  new Refusal(
    413,
    'TOO_MANY_EVENTS',
    `The body holds more than ${what}; send several. Nothing of this request was accepted.`,
  );

export const counted = (events: Buffer[]): Buffer[] => {
  if (events.length > MOST_EVENTS) throw tooMany(`${MOST_EVENTS} events`);
  return events;
};
