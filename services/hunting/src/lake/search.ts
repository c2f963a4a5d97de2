import { dirname } from 'node:path';
import type { HuntQuery } from '#contracts';
import { MIXED, placeOf, timesOf } from './folders.js';
import type { LakeFile } from './files/port.js';
import { isCompacted } from './plan.js';
import type { AskedFiles } from './question.js';

/** A file of the lake, and where it lies on this machine. */
export interface LocalFile {
  file: LakeFile;
  local: string;
}

/** A row that matches, by its number in a file. */
export interface FoundRow {
  at: number;
  id: string;
  local: string;
  row: number;
}

/** Files that are looked into at once, and until when (epoch ms, exclusive) those have events that come after them. */
export interface LookStep {
  asked: AskedFiles;
  laterUntil: number;
}

const FIRST_BYTES = 4 * 1024 * 1024;
/** Each step looks into so many times more than the one before. */
const TIMES_MORE = 4;

/** An hour that is one compacted file has its events once, where none lies by day, or mixed, beside it. */
export const askedOf = (files: readonly LocalFile[], among: readonly LocalFile[] = files): AskedFiles => {
  const inPlace = new Map<string, number>();
  for (const { file } of among) inPlace.set(placeOf(file), (inPlace.get(placeOf(file)) ?? 0) + 1);
  const isAlone = (file: LakeFile): boolean => {
    const place = placeOf(file);
    const isShared = inPlace.has(MIXED) || inPlace.has(dirname(place)) || inPlace.get(place) !== 1;
    return !isShared && isCompacted(file);
  };
  const asked: AskedFiles = { alone: [], shared: [] };
  for (const { file, local } of files) (isAlone(file) ? asked.alone : asked.shared).push(local);
  return asked;
};

const endOf = ({ file }: LocalFile): number => timesOf(placeOf(file))?.to ?? Infinity;

/** Files in steps, those of the latest events first, each step larger than the one before. */
export const stepsOf = (files: readonly LocalFile[]): LookStep[] => {
  const steps: LookStep[] = [];
  const left = [...files].sort((a, b) => endOf(b) - endOf(a));
  for (let most = FIRST_BYTES; left.length > 0; most *= TIMES_MORE) {
    let bytes = 0;
    let take = 0;
    while (take < left.length && (take === 0 || bytes < most)) bytes += left[take++]!.file.bytes;
    const taken = left.splice(0, take);
    steps.push({ asked: askedOf(taken, files), laterUntil: left[0] ? endOf(left[0]) : -Infinity });
  }
  return steps;
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
