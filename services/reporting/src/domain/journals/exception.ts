import type { StreamPosition } from './stream-position.js';

/** An exception from a rule: matches that meet its conditions raise nothing while it holds. */
export interface ExceptionJournal {
  applied: StreamPosition;
  exceptionId: string;
  ruleId: string;
  owner: string;
  reason: string;
  addedAt: number;
  expiresAt: number;
  endedAt: number | null;
}
