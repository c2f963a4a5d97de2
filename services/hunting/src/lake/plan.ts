import { DAY_MS, MINUTE_MS } from '#libs/terms';
import type { LakeFile } from './files/port.js';
import { timesOf } from './folders.js';

/** How long after its end, and after what came last, an hour (a day, what is mixed) is made one file. */
export const GRACE_MS = 10 * MINUTE_MS;
/** Of small files, so many are made one while their hour lasts. A question opens each. */
export const MANY_FILES = 128;
const SMALL_BYTES = 1024 * 1024;
/** Late events are put into a file of an hour once they are an eighth of it, many files, or a day old. */
const LATE_SHARE = 1 / 8;
const LATE_FILES = 64;
/** Files that are made one have so much together: an hour of more has several. */
const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_FILES = 512;

/** What is to become one file. */
export interface Merge {
  files: LakeFile[];
  /** The hour is over: whatever comes to it now is late. */
  final: boolean;
}

const COMPACTED = /\/compacted-[^/]+$/;
export const isCompacted = ({ path }: LakeFile): boolean => COMPACTED.test(path);

const sizeOf = (files: readonly LakeFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** As many, the smallest first, as one file may be made of. */
const bounded = (files: readonly LakeFile[]): LakeFile[] => {
  let sum = 0;
  return [...files]
    .sort((a, b) => a.bytes - b.bytes || (a.path < b.path ? -1 : 1))
    .filter(({ bytes }) => (sum += bytes) <= MOST_BYTES)
    .slice(0, MOST_FILES);
};

const isLateEnough = (late: readonly LakeFile[], base: readonly LakeFile[], now: number): boolean =>
  sizeOf(late) >= sizeOf(base) * LATE_SHARE ||
  late.length >= LATE_FILES ||
  late.some(({ changedAt }) => changedAt + DAY_MS <= now);

/**
 * What of a place is made one file now, if anything: when it is over and nothing came for a while, all of it, once;
 * late events by amount or age; and while it lasts what would be too many files for a question. So an event is written
 * at most three times, and again only with late ones.
 * @param files all of one place. @param now epoch ms.
 */
export const mergeOf = (place: string, files: readonly LakeFile[], now: number): Merge | undefined => {
  const times = timesOf(place);
  if (!times) return undefined;
  const base = files.filter(isCompacted);
  const fresh = files.filter((file) => !isCompacted(file));
  const isQuiet = fresh.every(({ changedAt }) => changedAt + GRACE_MS <= now);
  const isOver = times.to === Infinity || times.to + GRACE_MS <= now;
  if (isOver && isQuiet && fresh.length > 0 && (base.length === 0 || isLateEnough(fresh, base, now))) {
    const all = bounded(files);
    return all.length > 1 ? { files: all, final: true } : undefined;
  }
  const small = fresh.filter(({ bytes }) => bytes < SMALL_BYTES);
  return small.length >= MANY_FILES ? { files: bounded(small), final: false } : undefined;
};
