import { table } from '../terminal/print.js';
import type { DemoFigures } from './figures.js';

const duration = (ms: number): string => {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.round(ms / 60_000)} min`;
};
const spread = (value: DemoFigures['timeToDetect']): string | null =>
  value ? `${duration(value.median)} / ${duration(value.p90)}` : null;

/** The demo's last table. A dash means that there is no data. */
export const summary = (figures: DemoFigures[]): string =>
  table(
    [
      'tenant',
      'events in',
      'dead-lettered',
      'findings',
      'cases',
      'actions',
      'time to detect (median / p90)',
      'time to contain (median / p90)',
    ],
    figures.map((one) => [
      one.tenant,
      one.eventsIn,
      one.deadLettered,
      one.findings,
      one.cases,
      one.actions,
      spread(one.timeToDetect),
      spread(one.timeToContain),
    ]),
  );
