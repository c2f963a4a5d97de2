import type { VisibilityGapEnded, VisibilityGapFound } from '#contracts';
import { hearing } from '#libs/testing';
import { followGap } from './posture.js';

const about = { source: 'edr', assetId: 'a-7', host: 'dc01', since: 1_000, figures: [], at: 2_000 };
const found: VisibilityGapFound = {
  ...{ type: 'visibility.gap-found', gapId: 'g1', kind: 'ASSET_SILENT', severity: 'HIGH', sourceKind: 'WINDOWS' },
  ...about,
};
const ended: VisibilityGapEnded = {
  ...{ type: 'visibility.gap-ended', gapId: 'g1', kind: 'ASSET_SILENT', ending: 'DATA_RETURNED', observedAt: 1_900 },
  ...about,
};

it('a gap and its end are observed of one posture item, and of the same the next time', () => {
  const asked = [found, ended, { ...found, gapId: 'g2' }].map((one) => hearing(followGap).of(one).asked[0]?.request);
  expect(asked).toMatchObject([
    { check: 'ASSET_SILENT', subject: 'dc01', isPresent: true, gapId: 'g1', severity: 'HIGH' },
    { isPresent: false, gapId: 'g1' },
    { isPresent: true, gapId: 'g2' },
  ]);
  expect(new Set(asked.map((one) => one?.postureId)).size).toBe(1);
});
it('is another item at another customer', () => {
  const ids = ['acme', 'globex'].map((tenant) => hearing(followGap).of(found, { tenant }).asked[0]?.request.postureId);
  expect(ids[0]).not.toBe(ids[1]);
});
