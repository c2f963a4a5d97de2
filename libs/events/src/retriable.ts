import { backoffMs, pause } from './delays.js';

interface KafkaError {
  type?: unknown;
  retriable?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** What the client wrapped: itself, its cause, and the errors it stands for. */
const within = (error: unknown): KafkaError[] => {
  if (typeof error !== 'object' || error === null) return [];
  const { cause, errors } = error as KafkaError;
  return [error as KafkaError, ...(Array.isArray(errors) ? errors.flatMap(within) : []), ...within(cause)];
};

/** What an attempt before this one has done already is no reason to give up. */
const DONE_ALREADY = new Set(['TOPIC_ALREADY_EXISTS']);

/**
 * Nobody asks for a number of replicas of their own here: a cluster that calls its own default invalid has too few
 * brokers at work, as one has that missed a heartbeat on a busy machine.
 */
const PASSES_HERE = new Set(['INVALID_REPLICATION_FACTOR']);

const passes = ({ type, retriable }: KafkaError): boolean => retriable === true || PASSES_HERE.has(String(type));

/**
 * Whether the broker itself says that the same may go well a moment later: no leader yet, another one, a controller
 * that moves, a topic it does not know yet. That it cannot be reached is another matter: the client has tried that for
 * long.
 */
export const isRetriable = (error: unknown): boolean => {
  const said = within(error).filter(({ type }) => typeof type === 'string');
  const open = said.filter(({ type }) => !DONE_ALREADY.has(String(type)));
  return open.length > 0 && open.every(passes);
};

/** A broker on a busy machine is given this long to get over what it calls passing. */
const PATIENCE_MS = 60_000;

/** Does it, and does it again while it fails by what passes; so it must be right to do it twice. Throws the last error. */
export const retriably = async <T>(
  work: () => Promise<T>,
  patienceMs = PATIENCE_MS,
  rest: (ms: number) => Promise<void> = pause,
): Promise<T> => {
  const deadline = Date.now() + patienceMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRetriable(error) || Date.now() >= deadline) throw error;
      await rest(backoffMs(attempt));
    }
  }
};
