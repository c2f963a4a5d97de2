/** What all doors over HTTP have in common: who may send, how much at a time, and that Kafka has what is acknowledged. */
import { inSteps } from '#libs/service';
import { notNormalised } from '../ingest/piece.js';
import { noRoom } from './body.js';
import type { BodyFacts, BodyFormat, TakenBody } from './body-format.js';
import type { ByteBudget, RequestAllotment } from './byte-budget.js';
import type { CountLimit } from './count-limit.js';
import type { Hooks } from './hook-secrets.js';
import type { AppendedHow } from './ingest-records.js';
import { lostLines } from './lost-lines.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import { Refusal } from './refusal.js';
import type { IngestPermit, IngestVerifier } from './tokens.js';

export interface IntakePorts {
  verify: IngestVerifier;
  /** Milliseconds until who sends may ask again; 0 or absent: at once. */
  paced?(sender: IngestSender): number;
  /** Names of the registered sources of a tenant in service; undefined for no such tenant. */
  sourcesOf(tenant: string): string[] | undefined;
  /** Resolves when Kafka has all messages. */
  append(tenant: string, source: string, events: Buffer[], how: Pick<AppendedHow, 'enveloped'>): Promise<void>;
  /** Of one request, unpacked. */
  mostBytes: number;
  /** Registered webhooks; none where absent. */
  hooks?: {
    find: Hooks;
    /** Epoch ms. */
    nowMs(): number;
  };
  /** For what Kafka does not have yet. */
  bytes: ByteBudget;
  /** Any clock of ms that only counts up. */
  now(): number;
  log: { warn(fields: object, message: string): void };
}

/** Whose pace it is: a partner of a tenant, with all his tokens, or a webhook. */
export type IngestSender = Pick<IngestPermit, 'tenant' | 'subject'>;

/** Requests of one tenant under way, at all doors together. */
export const MOST_REQUESTS = 256;

/** @throws Refusal 401 or 429. */
export const permitOf = async (ports: Pick<IntakePorts, 'verify' | 'paced'>, token: string): Promise<IngestPermit> => {
  const permit = await ports.verify(token);
  if (!permit) throw new Refusal(401, 'BAD_TOKEN', "The token is not valid, has expired or is not a partner's.");
  checkPace(ports, permit);
  return permit;
};

/** @throws Refusal 429. */
export const checkPace = ({ paced }: Pick<IntakePorts, 'paced'>, sender: IngestSender): void => {
  if ((paced?.(sender) ?? 0) === 0) return;
  throw new Refusal(
    429,
    'TOO_FAST',
    'Requests come faster than this sender may send them: send more events in each, or repeat after a second.',
  );
};

/** Does a tenant's work with room of its own for the bytes of it. @throws Refusal 429 where too much is under way. */
export const withRoom = async <Done>(
  { bytes }: Pick<IntakePorts, 'bytes'>,
  requests: CountLimit,
  tenant: string,
  work: (held: RequestAllotment) => Promise<Done>,
): Promise<Done> => {
  if (!requests.enter(tenant))
    throw new Refusal(429, 'BUSY', `More than ${MOST_REQUESTS} requests are under way; repeat after a second.`);
  const held = bytes.allot(tenant);
  try {
    return await work(held);
  } finally {
    held.leave();
    requests.leave(tenant);
  }
};

/** Whose a body is. */
export interface BodyOwner {
  tenant: string;
  source: string;
}

/** What became of a body. */
export interface StoredBody extends Pick<TakenBody, 'rejected' | 'refusal'> {
  accepted: number;
}

/** Whether Kafka has it. @throws Refusal 503 */
export const notAppended =
  ({ log }: Pick<IntakePorts, 'log'>, owner: BodyOwner) =>
  (error: unknown): never => {
    log.warn({ err: error, ...owner }, 'not appended');
    throw new Refusal(503, 'UNAVAILABLE', 'The events could not be stored; send them again.');
  };

const checked = (events: Buffer[], { mayBeEmpty }: BodyFormat): Buffer[] => {
  if (events.length === 0 && !mayBeEmpty) throw new Refusal(400, 'EMPTY', 'The body holds no event.');
  const large = events.findIndex((event) => event.length > MOST_APPENDED_BYTES);
  if (large === -1) return events;
  throw new Refusal(
    413,
    'EVENT_TOO_LARGE',
    `Event ${large + 1} has ${events[large]?.length ?? 0} bytes; at most ${MOST_APPENDED_BYTES} are taken. Nothing of this request was accepted.`,
  );
};

/** A body on its way to Kafka. */
interface BodyToStore {
  format: BodyFormat;
  facts: BodyFacts;
  /** What it holds of the budget. */
  held: RequestAllotment;
}

/** Should the reading throw, the body becomes dead letters: a client that hears of a failure sends it for ever. */
const readBody = async (
  { log }: Pick<IntakePorts, 'log'>,
  owner: BodyOwner,
  { format, facts }: BodyToStore,
  body: Buffer,
): Promise<TakenBody> => {
  try {
    const steps = format.readInSteps?.(body, facts);
    return steps ? await inSteps(steps) : format.read(body, facts);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    log.warn({ err: error, ...owner }, 'a body could not be read');
    const problem = notNormalised(error);
    const events = lostLines(format.by, body, problem);
    return { events, enveloped: true, rejected: { count: events.length, sentence: problem.sentence } };
  }
};

/** Counts what is made of a body beyond what came. @throws Refusal 429 while there is no room, 413 where there never is. */
const grow = (held: RequestAllotment, more: number): void => {
  if (more <= 0 || held.grow(more)) return;
  if (held.held + more <= held.most) throw noRoom();
  throw new Refusal(413, 'BODY_TOO_LARGE', `The events of the body make more than ${held.most} bytes: send several.`);
};

/**
 * What becomes of a body. Holds no event while Kafka is waited for: a hundred thousand small ones weigh a hundred times
 * what the room counts. What is sent counts, where it is more than came.
 */
const storing = async (
  ports: Pick<IntakePorts, 'append' | 'log'>,
  owner: BodyOwner,
  to: BodyToStore,
  body: Buffer,
): Promise<StoredBody & { stored: Promise<void> }> => {
  const { events, enveloped, rejected, refusal } = await readBody(ports, owner, to, body);
  const accepted = checked(events, to.format).length;
  grow(to.held, events.reduce((sum, { length }) => sum + length, 0) - body.length);
  const stored = accepted === 0 ? Promise.resolve() : ports.append(owner.tenant, owner.source, events, { enveloped });
  return { accepted, stored, rejected, refusal };
};

/** A body, read, cut into events and stored. @throws Refusal when nothing of it was. */
export const storedBody = async (
  ports: Pick<IntakePorts, 'append' | 'log'>,
  owner: BodyOwner,
  to: BodyToStore,
  body: Buffer,
): Promise<StoredBody> => {
  const { stored, ...what } = await to.held.inTurn(async () => {
    const storingIt = await storing(ports, owner, to, body);
    // Heard of below: it may fail before.
    storingIt.stored.catch(() => undefined);
    return storingIt;
  });
  await stored.catch(notAppended(ports, owner));
  return what;
};
