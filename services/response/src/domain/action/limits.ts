import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/terms';

const FIRST_MS = 4_000;
const LONGEST_MS = 600_000;
/** Version of an action's stream at which its outcome can first be known: proposed, started, finished. */
const FIRST_FINISHED = 3;

/** Asking about an outcome ends after this long: people must look then. */
export const ASK_FOR_MS = DAY_MS;
/**
 * Asking who a target is ends after this long: what was detected then is for people, not for a vendor that comes back
 * at night. So old may a finding be, too, that is acted on without a person.
 */
export const IDENTIFY_FOR_MS = HOUR_MS;
/** So old may the vendor's answer be to who a target is, and the policy's word on it, when something is begun. */
export const IDENTITY_LASTS_MS = 600_000;
/** A timer that is decided later than this after it was due was held while we were away, and nobody was heard. */
export const LISTENING_LAG_MS = 2 * MINUTE_MS;
/** After a no nobody is asked again for so long: what comes meanwhile is asked about then. */
export const NO_LASTS_MS = 15 * MINUTE_MS;
/** What ended so often in one case without holding is wanted once more by people only. */
export const MAX_AGAIN = 20;
/** Undoings that are tried without a person asking. */
export const MAX_UNDOS = 20;

/**
 * @param turn 0 for the first.
 * @returns milliseconds to wait before asking again: 4 s, doubled each turn, 10 min at most.
 */
export const pauseAt = (turn: number): number => Math.min(FIRST_MS * 2 ** Math.max(0, Math.min(turn, 20)), LONGEST_MS);

/**
 * The pause that follows from a fact alone, the same at every redelivery: each asking is a commit of the action's
 * stream, so its version counts them, and those before the first. Never shorter than `pauseAt` of the askings
 * themselves.
 */
export const pauseAfter = (version: number | undefined): number =>
  pauseAt((version ?? FIRST_FINISHED) - FIRST_FINISHED);

/** Looking for an effect ends after this long: people must look then. */
export const LOOK_FOR_MS = 30 * DAY_MS;

/**
 * How long to wait before looking for an effect again: half as long as has passed since the vendor gave its word, so
 * that pauses grow; a minute at most while the vendor's lag lasts, so that proof counts as soon as it can be had.
 * @param firstMs the shortest.
 */
export const pauseBeforeLook = (
  { since, lagMs, at }: { since: number; lagMs: number; at: number },
  firstMs: number,
): number => {
  const passedMs = at - since;
  return Math.min(Math.max(passedMs / 2, firstMs), passedMs < lagMs ? MINUTE_MS : 6 * HOUR_MS);
};
