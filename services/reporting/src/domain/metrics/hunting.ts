import type { HuntJournal, Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { measured, type MeasuredFigure } from './figure.js';
import { sumOf } from './statistics.js';

export const huntsIn = (
  hunts: HuntJournal[],
  period: Period,
): (HuntJournal & { finished: NonNullable<HuntJournal['finished']> })[] =>
  hunts
    .flatMap((doc) => (doc.finished && isIn(doc.finished.at, period) ? [{ ...doc, finished: doc.finished }] : []))
    .sort((a, b) => a.finished.at - b.finished.at || (a.huntId < b.huntId ? -1 : 1));

/** Hunts that ended in the period: how many, on what, over how much, with what outcome. */
export const huntingFigures = ({ hunts }: Journals, period: Period): MeasuredFigure[] => {
  const done = huntsIn(hunts, period);
  const counted = (count: number): number | null => (done.length ? count : null);
  return [
    measured('hunts', 'count', counted(done.length), ['hunt.finished'], ['huntId', 'at']),
    measured(
      'hunt-hypotheses',
      'count',
      counted(new Set(done.map(({ hypothesis }) => hypothesis)).size),
      ['hunt.finished'],
      ['hypothesis'],
    ),
    measured(
      'hunt-events',
      'count',
      counted(sumOf(done, ({ finished }) => finished.scanned)),
      ['hunt.finished'],
      ['scanned'],
    ),
    measured(
      'hunts-with-rows',
      'count',
      counted(done.filter(({ finished }) => finished.rows > 0).length),
      ['hunt.finished'],
      ['rows'],
    ),
    measured(
      'hunt-time',
      'ms',
      counted(sumOf(done, ({ finished }) => finished.elapsedMs)),
      ['hunt.finished'],
      ['elapsedMs'],
    ),
  ];
};
