import { flagsCounted, kindOfFlag, lossesCounted } from './receipt-counts.js';

it('a flag is counted by its kind', () =>
  expect(['times-disagree:UtcTime:TimeCreated:68400', 'nothing-known'].map(kindOfFlag)).toEqual([
    'times-disagree',
    'nothing-known',
  ]));
it('flags are summed, the most frequent first', () =>
  expect(
    flagsCounted([{ flag: 'a', count: 1 }, ...Array(3).fill({ flag: 'b', count: 2 }), { flag: 'a', count: 1 }]),
  ).toEqual([
    { flag: 'b', count: 6 },
    { flag: 'a', count: 2 },
  ]));
it('losses are summed by code, with the first sentence, cut, and three places', () => {
  const loss = (code: string, offset: number) => ({
    code,
    sentence: `${offset}${'x'.repeat(400)}`,
    count: 1,
    examples: [{ offset, index: 0 }],
  });
  const found = lossesCounted([loss('B', 1), ...[5, 6, 7, 8].map((offset) => loss('A', offset))]);
  expect(found.map(({ code, count, sentence, examples }) => [code, count, sentence.length, examples.length])).toEqual([
    ['A', 4, 300, 3],
    ['B', 1, 300, 1],
  ]);
  expect(found[0]?.examples.map(({ offset }) => offset)).toEqual([5, 6, 7]);
});
it('what was counted is not changed by counting on', () => {
  const once = lossesCounted([{ code: 'A', sentence: '', count: 1, examples: [{ offset: 1, index: 0 }] }]);
  lossesCounted([...once, ...once]);
  expect(once).toEqual([{ code: 'A', sentence: '', count: 1, examples: [{ offset: 1, index: 0 }] }]);
});
it('no more kinds are told than there is room for', () =>
  expect(flagsCounted(Array.from({ length: 100 }, (_, at) => ({ flag: `f${at}`, count: 1 })))).toHaveLength(32));
