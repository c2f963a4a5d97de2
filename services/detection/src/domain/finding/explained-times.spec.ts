import { explainedTimes } from './explained-times.js';

const occurredAt = Date.UTC(2022, 6, 5, 21, 0, 36);

it('tells which of two times counts, and how far off the other is', () =>
  expect(explainedTimes([{ occurredAt, flags: ['times-disagree:UtcTime:TimeCreated:68400'] }])).toEqual([
    {
      selection: 'times disagree',
      field: 'UtcTime',
      value: '2022-07-05T21:00:36.000Z counts; it is 19 h ahead of TimeCreated, 2022-07-05T02:00:36.000Z',
    },
  ]));

it('says nothing of times that agree, and little of many that do not', () => {
  expect(explainedTimes([{ occurredAt }, { occurredAt, flags: ['clock-clamped'] }])).toEqual([]);
  const many = Array.from({ length: 10 }, () => ({ occurredAt, flags: ['times-disagree:UtcTime:@timestamp:-600'] }));
  expect(explainedTimes(many).map(({ value }) => value.includes('10 min behind @timestamp'))).toEqual([
    true,
    true,
    true,
  ]);
});
