import type { MatchedField } from '#contracts';
import { disagreementIn, HOUR_MS, MINUTE_MS } from '#libs/terms';
import type { SeenEvent } from '../hits/hit.js';

/** Of one finding: the same collector errs in the same way each time. */
const MOST = 3;

const lengthOf = (ms: number): string =>
  ms >= HOUR_MS ? `${Math.round((10 * ms) / HOUR_MS) / 10} h` : `${Math.round(ms / MINUTE_MS)} min`;

const explained = ({ occurredAt, flags = [] }: Pick<SeenEvent, 'occurredAt' | 'flags'>): MatchedField[] => {
  const told = disagreementIn(flags);
  if (!told) return [];
  const { counted, other, aheadSeconds } = told;
  const aheadMs = aheadSeconds * 1_000;
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  const otherAt = new Date(occurredAt - aheadMs).toISOString();
  const value = `${new Date(occurredAt).toISOString()} counts; it is ${lengthOf(Math.abs(aheadMs))} ${side} ${other}, ${otherAt}`;
  return [{ selection: 'times disagree', field: counted, value }];
};

/** Which time of the events counts, where their own times disagree: whoever compares with other logs must know. */
export const explainedTimes = (events: readonly Pick<SeenEvent, 'occurredAt' | 'flags'>[]): MatchedField[] =>
  events.flatMap(explained).slice(0, MOST);
