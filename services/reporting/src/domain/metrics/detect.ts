import type { Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { measured, type MeasuredFigure } from './figure.js';
import { elapsedMs, spreadOf } from './statistics.js';

/** How fast findings came: from the first activity, and from its arrival here. Findings detected in the period. */
export const detectFigures = ({ findings }: Journals, period: Period): MeasuredFigure[] => {
  const raised = findings.flatMap((doc) => (doc.raised && isIn(doc.raised.detectedAt, period) ? [doc.raised] : []));
  return [
    measured(
      'time-to-detect',
      'ms',
      spreadOf(raised.map((one) => elapsedMs(one.occurredAt, one.detectedAt))),
      ['finding.raised'],
      ['occurredAt', 'detectedAt'],
    ),
    measured(
      'pipeline-delay',
      'ms',
      spreadOf(raised.map((one) => elapsedMs(one.ingestedAt, one.detectedAt))),
      ['finding.raised'],
      ['ingestedAt', 'detectedAt'],
    ),
  ];
};
