import type { PostureFact } from '#contracts';
import type { StreamPosition } from './stream-position.js';
import type { Reaching } from './until.js';

/** A posture item: its facts, so that it can be told as it stood at any time. */
export interface PostureJournal extends Reaching {
  applied: StreamPosition;
  postureId: string;
  openedAt: number;
  facts: PostureFact[];
}
