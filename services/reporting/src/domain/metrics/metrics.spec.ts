import { figures } from '../../../test/figures.js';
import { aHunt, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { allFigures } from './index.js';

it('without data, every figure but the number of assets and of silent sources is null', () => {
  const { assets, 'coverage-sources': sources, ...rest } = figures({});
  expect([assets, sources]).toEqual([2, 0]);
  expect(Object.entries(rest).filter(([, value]) => value !== null)).toEqual([]);
});
it('names each figure once', () => {
  const ids = allFigures(nothing, theWeek, someSettings).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
it('counts hunts that found nothing', () =>
  expect(
    figures({
      hunts: [
        aHunt(),
        aHunt({ huntId: 'h2', finished: { rows: 3, scanned: 8_000, elapsedMs: 150, failure: null, at: minute(300) } }),
      ],
    }),
  ).toMatchObject({
    hunts: 2,
    'hunt-hypotheses': 1,
    'hunt-events': 20_000,
    'hunts-with-rows': 1,
    'hunt-time': 1_000,
  }));
