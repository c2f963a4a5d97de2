import { DAY_MS } from '#libs/terms';
import { shiftOf, shifted } from './time-shift.js';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);

async function* lines(...all: string[]): AsyncGenerator<string> {
  yield* all;
}
const moved = async (...all: string[]): Promise<string[]> => {
  const shift = await shiftOf(lines(...all), now);
  return all.map((line) => shifted(line, shift));
};

it('makes the last event now and keeps the distance between events', async () =>
  expect(await moved('{"eventTime":"2020-09-01T10:00:00Z"}', '{"eventTime":"2020-09-01T10:00:05Z"}')).toEqual([
    '{"eventTime":"2026-11-22T11:59:55Z"}',
    '{"eventTime":"2026-11-22T12:00:00Z"}',
  ]));

it.each([
  ['2020-09-01 10:00:00', '2026-11-22 12:00:00'],
  ['2020-09-01T10:00:00.123Z', '2026-11-22T12:00:00.000Z'],
  ['2020-09-01 10:00:00.123', '2026-11-22 12:00:00.000'],
  ['2018-04-04T20:00:00.000001+0000', '2026-11-22T12:00:00.000000+0000'],
])('keeps the form of %s', async (text, expected) =>
  expect(await moved(`{"timestamp":"${text}"}`)).toEqual([`{"timestamp":"${expected}"}`]),
);

it('leaves other text alone', async () =>
  expect(await moved('{"eventTime":"2020-09-01T10:00:00Z","note":"2020-09-01T10:00:00Z"}')).toEqual([
    '{"eventTime":"2026-11-22T12:00:00Z","note":"2020-09-01T10:00:00Z"}',
  ]));

it('finds no shift where there are no times', async () => expect(await shiftOf(lines('{"a":1}'), now)).toBeUndefined());

it('is not led astray by a time in the future', async () =>
  expect(
    await shiftOf(
      lines(
        `{"timestamp":"${new Date(now + DAY_MS).toISOString()}"}`,
        `{"timestamp":"${new Date(now - DAY_MS).toISOString()}"}`,
      ),
      now,
    ),
  ).toBe(DAY_MS));
