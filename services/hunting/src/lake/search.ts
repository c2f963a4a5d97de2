import { dirname } from 'node:path';
import type { HuntQuery } from '#contracts';
import { MIXED, placeOf, timesOf } from './folders.js';
import type { LakeFile } from './files/port.js';
import { isCompacted } from './plan.js';
import type { AskedFiles } from './question.js';

/** A row that matches, by its number in a file. */
export interface FoundRow {
  at: number;
  id: string;
  local: string;
  row: number;
}

/** Files that are looked into at once, and until when (epoch ms, exclusive) those have events that come after them. */
export interface LookStep {
  files: LakeFile[];
  laterUntil: number;
}

/** Files that are held at once, and the steps in which they are looked into. */
export interface Look {
  files: LakeFile[];
  steps: LookStep[];
}

/** Where a file of the lake lies on this machine. */
export type LocalOf = (file: LakeFile) => string;

const FIRST_BYTES = 4 * 1024 * 1024;
/** Each step looks into so many times more than the one before. */
const TIMES_MORE = 4;

/** An hour that is one compacted file has its events once, where none lies by day, or mixed, beside it. */
const aloneAmong = (among: readonly LakeFile[]): ((file: LakeFile) => boolean) => {
  const inPlace = new Map<string, number>();
  for (const file of among) inPlace.set(placeOf(file), (inPlace.get(placeOf(file)) ?? 0) + 1);
  return (file) => {
    const place = placeOf(file);
    const isShared = inPlace.has(MIXED) || inPlace.has(dirname(place)) || inPlace.get(place) !== 1;
    return !isShared && isCompacted(file);
  };
};

/** Tells of files which are alone, among all that a question is put to. */
export const askedAmong = (
  among: readonly LakeFile[],
): ((files: readonly LakeFile[], local: LocalOf) => AskedFiles) => {
  const isAlone = aloneAmong(among);
  return (files, local) => ({
    alone: files.filter(isAlone).map(local),
    shared: files.filter((file) => !isAlone(file)).map(local),
  });
};

const endOf = (file: LakeFile): number => timesOf(placeOf(file))?.to ?? Infinity;

/** Those in front until they have so many bytes, one at least, and no more bytes than `mostBytes` where one has not. */
const firstOf = (files: readonly LakeFile[], bytes: number, mostBytes: number): LakeFile[] => {
  let sum = 0;
  let take = 0;
  for (
    let next = files[0];
    next && (take === 0 || (sum < bytes && sum + next.bytes <= mostBytes));
    next = files[take]
  ) {
    sum += next.bytes;
    take += 1;
  }
  return files.slice(0, take);
};

/** Files in parts of so many bytes, or of one file, in their order. */
export const partsOf = (files: readonly LakeFile[], mostBytes: number): LakeFile[][] => {
  const parts: LakeFile[][] = [];
  for (let from = 0; from < files.length; from += parts.at(-1)?.length ?? 1)
    parts.push(firstOf(files.slice(from), Infinity, mostBytes));
  return parts;
};

/** Files in steps, those of the latest events first, each step larger than the one before, but for so many bytes. */
export const stepsOf = (files: readonly LakeFile[], mostBytes = Infinity): LookStep[] => {
  const steps: LookStep[] = [];
  const left = [...files].sort((a, b) => endOf(b) - endOf(a));
  for (let most = FIRST_BYTES; left.length > 0; most *= TIMES_MORE) {
    const taken = firstOf(left, most, mostBytes);
    left.splice(0, taken.length);
    steps.push({ files: taken, laterUntil: left[0] ? endOf(left[0]) : -Infinity });
  }
  return steps;
};

/** All at once, where that is held; else a step after the other. */
export const looksOf = (files: readonly LakeFile[], mostHeldBytes: number): Look[] => {
  const steps = stepsOf(files, mostHeldBytes);
  const isHeld = files.reduce((sum, { bytes }) => sum + bytes, 0) <= mostHeldBytes;
  return isHeld ? [{ files: [...files], steps }] : steps.map((step) => ({ files: step.files, steps: [step] }));
};

const inOrder = (a: FoundRow, b: FoundRow): number => b.at - a.at || (a.id < b.id ? -1 : Number(a.id > b.id));

/** Each event once, the latest first. */
export const together = (before: readonly FoundRow[], found: readonly FoundRow[]): FoundRow[] => {
  const seen = new Set<string>();
  return [...before, ...found].sort(inOrder).filter(({ id }) => !seen.has(id) && seen.add(id));
};

/** Whether no file that is left can have an event that belongs before the last of those asked for. */
export const isEnough = (found: readonly FoundRow[], { limit }: HuntQuery, { laterUntil }: LookStep): boolean =>
  (found[limit]?.at ?? -Infinity) >= laterUntil;
