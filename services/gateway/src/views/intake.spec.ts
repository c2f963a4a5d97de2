import type { TelemetryReceived } from '#contracts';
import { showing } from '#libs/testing';
import fc from 'fast-check';
import { intake, type IntakeDoc } from './intake.js';

const TOPIC = 'ingest.acme.edr';
/** Each message holds two events and one that cannot be read. */
const receipt = (fromOffset: number, toOffset: number): TelemetryReceived => {
  const messages = toOffset - fromOffset + 1;
  return {
    type: 'telemetry.received',
    source: 'edr',
    topic: TOPIC,
    partition: 0,
    fromOffset,
    toOffset,
    messages,
    accepted: 2 * messages,
    dead: messages,
    unrecognised: 0,
    bytes: 100 * messages,
    lastOccurredAt: toOffset,
  };
};
const after = (...receipts: TelemetryReceived[]): IntakeDoc | undefined =>
  showing(intake).of(...receipts)[`${TOPIC}/0`];

it('adds up what came in', () =>
  expect(after(receipt(0, 9), receipt(10, 14))).toMatchObject({
    messages: 15,
    accepted: 30,
    dead: 15,
    bytes: 1_500,
    lastOccurredAt: 14,
  }));
it('counts a receipt that comes again once', () =>
  expect(after(receipt(0, 9), receipt(0, 9), receipt(10, 14), receipt(0, 9))).toMatchObject({ messages: 15 }));
it('counts offsets once that are read again in other batches', () =>
  expect(after(receipt(0, 9), receipt(0, 19), receipt(10, 29))).toMatchObject({ messages: 30, accepted: 60 }));
it('stays as it is when all that was counted is read again in one piece', () =>
  expect(after(receipt(0, 9), receipt(10, 14), receipt(0, 14))).toEqual(after(receipt(0, 9), receipt(10, 14))));
it('adds a topic that was made anew to what the one before it brought', () =>
  expect(after(receipt(0, 99), { ...receipt(0, 9), lastOccurredAt: 500 }, receipt(0, 9))).toMatchObject({
    messages: 110,
    accepted: 220,
  }));
it('counts a partition by itself', () =>
  expect(Object.keys(showing(intake).of(receipt(0, 9), { ...receipt(0, 9), partition: 1 }))).toHaveLength(2));

it('is exact however reading starts anew from an earlier batch and cuts differently', () => {
  // Each step: back by some batches, then a batch of some messages.
  const steps = fc.array(fc.record({ back: fc.integer({ min: 0, max: 3 }), length: fc.integer({ min: 1, max: 20 }) }), {
    minLength: 1,
    maxLength: 120,
  });
  fc.assert(
    fc.property(steps, (all) => {
      const starts: number[] = [0];
      const receipts = all.map(({ back, length }) => {
        starts.splice(Math.max(1, starts.length - back));
        const from = starts.at(-1) ?? 0;
        starts.push(from + length);
        return receipt(from, from + length - 1);
      });
      const end = Math.max(...receipts.map(({ toOffset }) => toOffset)) + 1;
      expect(after(...receipts)).toMatchObject({ messages: end, accepted: 2 * end, bytes: 100 * end });
    }),
    { numRuns: 200 },
  );
});
