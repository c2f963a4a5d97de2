import * as fc from 'fast-check';
import { emptyMap, hasIn, valueIn, valuesIn, withoutValue, withValue, type PersistentMap } from './persistent-map.js';

const keys = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', 'a', 'b'),
  fc.nat(300).map((one) => `key ${one}`),
);
const changes = fc.array(fc.record({ key: keys, value: fc.option(fc.nat(), { nil: undefined }) }), { maxLength: 600 });

it('a persistent map holds what a map does, and leaves its older states as they were', () =>
  fc.assert(
    fc.property(changes, fc.nat(600), (all, look) => {
      const plain = new Map<string, number>();
      let map: PersistentMap<number> = emptyMap();
      let [before, then] = [map, new Map(plain)];
      for (const [index, { key, value }] of all.entries()) {
        if (index === look) [before, then] = [map, new Map(plain)];
        map = value === undefined ? withoutValue(map, key) : withValue(map, key, value);
        if (value === undefined) plain.delete(key);
        else plain.set(key, value);
      }
      for (const [one, other] of [
        [map, plain],
        [before, then],
      ] as const) {
        expect(one.size).toBe(other.size);
        expect(valuesIn(one).sort()).toEqual([...other.values()].sort());
        for (const { key } of all)
          expect([hasIn(one, key), valueIn(one, key)]).toEqual([other.has(key), other.get(key)]);
      }
    }),
    { numRuns: 50 },
  ));

it('a persistent map holds names whose hashes are the same', () => {
  // Of FNV-1a, in 32 bits.
  const same = ['costarring', 'liquid'];
  const map = same.reduce((all, key) => withValue(all, key, key), emptyMap<string>());
  const more = Array.from({ length: 50 }, (_, index) => `more ${index}`).reduce(
    (all, key) => withValue(all, key, key),
    map,
  );
  expect([...same.map((key) => valueIn(more, key)), valueIn(withoutValue(more, 'liquid'), 'costarring')]).toEqual([
    ...same,
    'costarring',
  ]);
});
