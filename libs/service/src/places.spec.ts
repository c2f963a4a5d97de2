import type { StreamReading } from '#libs/store';
import { openPlaces, type Places } from './places.js';

const reading = (next: number, gap = false): StreamReading => ({
  ...{ streamId: 'case/acme/1', tenant: 'acme', next },
  ...(gap ? { gap: { to: next + 5, beyond: next + 5, reason: 'missing' } } : {}),
});

/** A store that keeps what is noted, or says no as often as told. */
const given = ({ kept, failures = 0 }: { kept?: number; failures?: number } = {}) => {
  const writes: number[][] = [];
  let left = failures;
  const store = {
    nextPlaces: async () => new Map(kept === undefined ? [] : [['case/acme/1', kept]]),
    noteReadings: async (_loop: string, readings: readonly StreamReading[]) => {
      if ((left -= 1) >= 0) throw new Error('away');
      writes.push(readings.map(({ next }) => next));
    },
  };
  const clock = { now: () => 0 };
  type Given = Parameters<typeof openPlaces>[0];
  return { places: openPlaces({ store, clock } as unknown as Given, 'views'), writes };
};

const nextIn = async (places: Places, anew?: 'anew'): Promise<number | undefined> =>
  (await places.of(['case/acme/1'], anew)).get('case/acme/1');

it('writes once what was read in several batches', async () => {
  const { places, writes } = given();
  for (const next of [2, 3, 4]) await places.note([reading(next)]);
  expect({ writes: [...writes], next: await nextIn(places) }).toEqual({ writes: [], next: 4 });
  await places.write();
  await places.write();
  expect(writes).toEqual([[4]]);
});

it('writes a gap at once, and what is read where one was', async () => {
  const { places, writes } = given();
  await places.note([reading(2, true)]);
  await places.note([reading(8)]);
  await places.note([reading(9)]);
  expect(writes).toEqual([[2], [8]]);
});

it('writes again what the store did not take, before anybody may go on', async () => {
  const { places, writes } = given({ failures: 1 });
  await places.note([reading(2)]);
  const [first, second] = [places.write(), places.write()];
  await expect(first).rejects.toThrow('away');
  await second;
  expect(writes).toEqual([[2]]);
});

it('does not unlearn what the store has not heard yet', async () => {
  const { places } = given({ kept: 2 });
  await places.note([reading(7)]);
  expect(await nextIn(places, 'anew')).toBe(7);
});

it('does not forget what was just asked for when others are learned', async () => {
  const { places } = given({ kept: 2 });
  const other = (id: number): StreamReading => ({ ...reading(2), streamId: `case/acme/other-${id}` });
  expect(await nextIn(places)).toBe(2);
  await places.note(Array.from({ length: 9_999 }, (_, id) => other(id)));
  const asking = places.of(['case/acme/1', 'case/acme/new']);
  await places.note([other(10_000), other(10_001)]);
  expect((await asking).get('case/acme/1')).toBe(2);
});
