import { placesOf } from './read-receipts.js';

it.each<[number[], number]>([
  [[], 1],
  [[0], 2],
  [[0, 1, 2], 4],
  [[255], 3],
  [[3, 5], 5],
])('of a cursor over partitions %j the store is asked %i times', (partitions, times) => {
  const places = placesOf('s', new Map(partitions.map((partition) => [partition, { at: 0, toOffset: 0 }])));
  expect(places).toHaveLength(times);
  const covers = (number: number): number =>
    places.filter(({ partition }) => {
      if (typeof partition === 'number') return partition === number;
      const { gt = -1, lt = Infinity } = partition as { gt?: number; lt?: number };
      return number > gt && number < lt;
    }).length;
  expect(Array.from({ length: 256 }, (_, number) => covers(number)).every((count) => count === 1)).toBe(true);
});
