import { aReceipt } from '../../../test/samples.js';
import { lastReceived, receivedIn } from './telemetry.js';

const QUARTER = 900_000;
const range = (from: number, at: number) => ({
  from,
  to: from + 9,
  at,
  messages: 10,
  accepted: 100,
  dead: 1,
  bytes: 1_000,
});
const doc = aReceipt({
  tail: [range(0, QUARTER + 10), range(10, QUARTER + 500), range(20, 2 * QUARTER)],
  slots: [
    { slot: 1, messages: 20, accepted: 200, dead: 2, bytes: 2_000 },
    { slot: 2, messages: 10, accepted: 100, dead: 1, bytes: 1_000 },
  ],
});

it('sums the quarters of the period', () => {
  expect(receivedIn([doc], { from: QUARTER, to: 2 * QUARTER })).toEqual({
    messages: 20,
    accepted: 200,
    dead: 2,
    bytes: 2_000,
  });
  expect(receivedIn([doc, doc], { from: 0, to: 3 * QUARTER })?.accepted).toBe(600);
});

it('leaves out what was received in the last quarter after the end', () =>
  expect(receivedIn([doc], { from: 0, to: QUARTER + 500 })?.accepted).toBe(100));

it('leaves out what was received in the first quarter before the beginning', () =>
  expect(receivedIn([doc], { from: QUARTER + 11, to: 2 * QUARTER })?.accepted).toBe(100));

it('is null when nothing was received', () => {
  expect(receivedIn([], { from: 0, to: QUARTER })).toBeNull();
  expect(receivedIn([doc], { from: 0, to: QUARTER + 10 })).toBeNull();
});

it('knows the quarter in which events came last', () => {
  expect(lastReceived([doc], 3 * QUARTER)).toBe(2 * QUARTER);
  expect(lastReceived([doc], 2 * QUARTER)).toBe(QUARTER);
  expect(lastReceived([], QUARTER)).toBeNull();
});

it('does not count what came later in the same quarter', () => {
  expect(lastReceived([doc], 2 * QUARTER + 10)).toBe(2 * QUARTER);
  expect(lastReceived([{ ...doc, tail: [range(20, 2 * QUARTER + 20)] }], 2 * QUARTER + 10)).toBe(QUARTER);
});
