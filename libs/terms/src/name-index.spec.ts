import type { Asset } from '#contracts';
import fc from 'fast-check';
import { assetsReplaced, findAssets } from './index.js';

const NAMES = ['web01', 'web01.acme.example', 'web01.b.example', 'db', 'DB.acme.example', '10.0.0.7', 'ｗeb01'];
const asset = fc.record({ hostnames: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }) });
const asAsset = ({ hostnames }: { hostnames: string[] }, index: number): Asset => ({
  ...{ assetId: `${index}`, hostnames, criticality: 'LOW', owner: '', unit: '' },
  ...{ exposure: '', groups: [] },
});
const found = (assets: Asset[]) =>
  NAMES.map((name) => {
    const { sure, possible } = findAssets(assets, [name]);
    return [sure, new Set(possible)];
  });

it('an index made of the one before finds what one made anew finds, and the one before stays as it was', () =>
  fc.assert(
    fc.property(
      fc.array(asset, { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(7), asset), { maxLength: 8 }),
      (first, changes) => {
        let assets = first.map(asAsset);
        for (const [at, change] of changes) {
          const [before, was] = [assets, found(assets)];
          const place = Math.min(at, before.length);
          const come = asAsset(change, place);
          assets = [...before.slice(0, place), come, ...before.slice(place + 1)];
          assetsReplaced(before, assets, before.slice(place, place + 1), [come]);
          expect(found(assets)).toEqual(found([...assets]));
          expect(found(before)).toEqual(was);
        }
      },
    ),
  ));

it('thousands of changes of one list are found, too', () => {
  let assets = Array.from({ length: 10 }, (_, index) => asAsset({ hostnames: [`h${index}`] }, index));
  expect(findAssets(assets, ['h0']).sure).toBe(assets[0]);
  for (let index = 10; index < 5_000; index += 1) {
    const [come, gone] = [asAsset({ hostnames: [`h${index}`] }, index), assets[index % 10] as Asset];
    const after = assets.with(index % 10, come);
    assetsReplaced(assets, after, [gone], [come]);
    assets = after;
  }
  expect(['h0', 'h4989', 'h4990', 'h4999'].map((name) => findAssets(assets, [name]).sure?.assetId)).toEqual([
    ...[undefined, undefined, '4990', '4999'],
  ]);
});
