import type { StreamPosition } from './stream-position.js';

export interface HuntJournal {
  applied: StreamPosition;
  huntId: string;
  hypothesis: string;
  technique: string;
  askedAt: number | null;
  scope: { from: number; to: number; source: string } | null;
  finished: { rows: number; scanned: number; elapsedMs: number; failure: string | null; at: number } | null;
}
