import type { PostureFact } from '#contracts';
import { showing } from '#libs/testing';
import { postureJournal } from './posture-journal.js';

const observed = (gapId: string, at: number): PostureFact => ({
  ...{ type: 'posture.observed', postureId: 'p1', gapId, isPresent: false, since: at, figures: [], at },
});

it('keeps what was seen of an item, and not that what nobody missed was there', () => {
  const { p1 } = showing(postureJournal).of(observed('g1', 1), observed('', 2));
  expect(p1?.facts).toEqual([observed('g1', 1)]);
  expect(showing(postureJournal).of(observed('', 1))).toEqual({});
});
