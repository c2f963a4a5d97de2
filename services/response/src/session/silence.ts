import type { Verification } from '../connectors/connector.js';

/** So many attempts refused, and none that succeeded since, are no accident. */
const REFUSED_ENOUGH = 3;
const REFUSED_FOR_MS = 5_000;
/** Shorter than this anybody is silent now and then. */
const QUIET_MS = 60_000;

/** What a source recorded of one kind. */
export interface RecordedActivity {
  count: number;
  /** Epoch ms, by the vendor's clock; undefined where nothing is recorded. */
  lastAt: number | undefined;
}

/** What a source recorded of a target since an effect began, and of others. */
export interface TargetHeard {
  /** The target's name, for words. */
  name: string;
  /** What the effect stops, or gives back: `connection`. */
  what: string;
  /** When the vendor says that the effect began, and how long it may take (epoch ms, ms). */
  from: number;
  lagMs: number;
  now: number;
  /** What succeeded since `from`. */
  done: RecordedActivity;
  /** What was tried after the last that succeeded, and was refused. */
  refused: RecordedActivity;
  /** The target's own sign of life after that, which the effect leaves alone; null where it gives none. */
  alive: RecordedActivity | null;
  /** What others did after that: whether the source delivers at all, and up to when. */
  others: RecordedActivity;
}

const iso = (at: number): string => new Date(at).toISOString();
const newest = (...all: (RecordedActivity | null)[]): number | undefined =>
  all.reduce<number | undefined>(
    (last, one) => (one?.lastAt === undefined ? last : Math.max(last ?? one.lastAt, one.lastAt)),
    undefined,
  );

const reaches = ({ lastAt }: RecordedActivity, until: number): boolean => lastAt !== undefined && lastAt >= until;

/** Why silence proves nothing yet; undefined where it does. */
const whyNotYet = (
  heard: TargetHeard,
  silentFrom: number,
): (Pick<Verification, 'evidence'> & { reason: 'VENDOR_LAG' | 'SOURCE_SILENT' | 'TARGET_OFFLINE' }) | undefined => {
  const { name, what, from, lagMs, now, done, alive, others } = heard;
  const silent = `no ${what} of ${name} is recorded since ${iso(silentFrom)}`;
  const isEarly = now < from + lagMs;
  // Whoever speaks now and then is silent in between: within the lag that is no effect yet.
  const quietAt = silentFrom + QUIET_MS;
  const until = Math.max(quietAt, from + lagMs);
  if (others.lastAt === undefined)
    return { reason: 'SOURCE_SILENT', evidence: `${silent}, nor any of others: the source says nothing` };
  if (alive !== null && alive.lastAt === undefined && reaches(others, quietAt))
    return {
      reason: 'TARGET_OFFLINE',
      evidence: `nothing at all is heard of ${name} since ${iso(silentFrom)}, as if it were off, while others are, the last at ${iso(others.lastAt)}`,
    };
  if (!reaches(others, until))
    return done.count > 0 && isEarly
      ? {
          reason: 'VENDOR_LAG',
          evidence: `${name} was heard until ${iso(silentFrom)}, ${lagMs / 60_000} minutes are allowed`,
        }
      : {
          reason: isEarly ? 'VENDOR_LAG' : 'SOURCE_SILENT',
          evidence: `${silent}, but the source reaches only to ${iso(others.lastAt)}`,
        };
  if (alive === null || reaches(alive, until)) return undefined;
  return {
    reason: isEarly ? 'VENDOR_LAG' : 'TARGET_OFFLINE',
    evidence: `${silent}, but it was last heard of at all at ${iso(alive.lastAt ?? silentFrom)}`,
  };
};

/**
 * Whether a target was silenced. Attempts of its own that were refused prove it best; else its silence, for as long as
 * it gives other signs of life and the same source delivers of others, beyond the vendor's lag. What it did within that
 * lag, or did not do, says nothing.
 */
export const silenceSeen = (heard: TargetHeard): Verification => {
  const { name, what, from, lagMs, done, refused, alive, others } = heard;
  if (done.lastAt !== undefined && done.lastAt > from + lagMs)
    return {
      verdict: 'INEFFECTIVE',
      evidence: `${name} is still heard: ${done.count} times a ${what} since ${iso(from)}, the last at ${iso(done.lastAt)}`,
      observedAt: done.lastAt,
    };
  const silentFrom = Math.max(from, done.lastAt ?? from);
  if (refused.count >= REFUSED_ENOUGH && refused.lastAt !== undefined && refused.lastAt - silentFrom >= REFUSED_FOR_MS)
    return {
      verdict: 'EFFECTIVE',
      evidence: `${refused.count} attempts of ${name} were refused since ${iso(silentFrom)}, the last at ${iso(refused.lastAt)}, and no ${what} succeeded`,
      observedAt: refused.lastAt,
    };
  const notYet = whyNotYet(heard, silentFrom);
  const observedAt = newest(done, refused, alive, others) ?? from;
  if (notYet) return { verdict: 'NOT_YET', ...notYet, observedAt };
  const until = Math.min(others.lastAt ?? observedAt, alive?.lastAt ?? Infinity);
  const signs = alive ? `it gives other signs of life, the last at ${iso(alive.lastAt ?? from)}, and ` : '';
  return {
    verdict: 'EFFECTIVE',
    evidence: `no ${what} of ${name} is recorded since ${iso(silentFrom)}, while ${signs}others are heard, the last at ${iso(others.lastAt ?? from)}`,
    observedAt: until,
  };
};

/** Whether a target makes use again of what was given back. */
export const useSeen = (heard: TargetHeard): Verification => {
  const { name, what, from, lagMs, now, done, refused, alive, others } = heard;
  const observedAt = newest(done, refused, alive, others) ?? from;
  if (done.lastAt !== undefined)
    return {
      verdict: 'EFFECTIVE',
      evidence: `a ${what} of ${name} is recorded again, last at ${iso(done.lastAt)}`,
      observedAt: done.lastAt,
    };
  const none = `no ${what} of ${name} is recorded since ${iso(from)}`;
  if (refused.count >= REFUSED_ENOUGH && refused.lastAt !== undefined && refused.lastAt > from + lagMs)
    return {
      verdict: 'INEFFECTIVE',
      evidence: `${none}, and ${refused.count} attempts were refused, the last at ${iso(refused.lastAt)}`,
      observedAt,
    };
  if (others.lastAt === undefined)
    return {
      verdict: 'NOT_YET',
      reason: 'SOURCE_SILENT',
      evidence: `${none}, nor any of others: the source says nothing`,
      observedAt,
    };
  if (alive !== null && alive.lastAt === undefined)
    return {
      verdict: 'NOT_YET',
      reason: 'TARGET_OFFLINE',
      evidence: `nothing at all is heard of ${name} since ${iso(from)}, as if it were off, while others are heard`,
      observedAt,
    };
  return {
    verdict: 'NOT_YET',
    reason: now < from + lagMs ? 'VENDOR_LAG' : 'TARGET_SILENT',
    evidence: `${none}, while others are heard`,
    observedAt,
  };
};
