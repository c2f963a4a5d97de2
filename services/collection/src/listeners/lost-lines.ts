/** Lines that a listener appends for what is no event: each becomes a dead letter that says why. */
import { writeLine, type EnvelopeLine } from '../envelope/line.js';
import { notNormalised, type PieceProblem } from '../ingest/piece.js';
import { Refusal } from './refusal.js';

/** Bytes that one keeps; escaped as JSON they are six times as many. */
const MOST_KEPT = 160 * 1024;

/** Of bytes, as far as one line keeps them. */
export const lostLine = (
  by: EnvelopeLine['by'],
  bytes: Buffer,
  problem: PieceProblem,
  around: Pick<EnvelopeLine, 'said' | 'flags'> = {},
): Buffer =>
  writeLine({ by, ...around, problem, event: Buffer.from(JSON.stringify(bytes.toString('utf8', 0, MOST_KEPT))) });

/** Of all bytes, in as many lines as that takes. */
export const lostLines = (by: EnvelopeLine['by'], bytes: Buffer, problem: PieceProblem): Buffer[] => {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += MOST_KEPT)
    lines.push(lostLine(by, bytes.subarray(from, from + MOST_KEPT), problem));
  return lines;
};

/**
 * Reading does not throw; should it, what it read becomes dead letters and the request is answered: whoever hears that
 * it failed sends the same again, for ever.
 * @throws Refusal of what reads.
 */
export const orLost = <Made>(read: () => Made, lost: (problem: PieceProblem) => Made): Made => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return lost(notNormalised(error));
  }
};
