import type { OpenDatabase } from './collections.js';
import { parkedKnown } from './parked-known.js';

const STREAM = 'case/acme/1';

/** A relay's lease, and a store in which streams may be parked. */
const given = () => {
  const lease = { held: true, turn: 1, epoch: () => lease.turn, isHeld: () => lease.held };
  const parked: { id: string }[] = [];
  const opened = {
    patiently: (_doing: string, operation: () => unknown) => operation(),
    parked: {
      findOne: async () => parked[0] ?? null,
      find: () => ({ limit: () => ({ toArray: async () => [] }), toArray: async () => [...parked] }),
    },
  } as unknown as OpenDatabase;
  return { lease, parked, known: parkedKnown(opened, lease, 60_000) };
};

it('takes nothing for parked while it alone has parked nothing', async () => {
  const { known, parked } = given();
  await known.look();
  parked.push({ id: STREAM });
  expect(await known.of([STREAM])).toEqual(new Set());
});

it('asks when another had the lease meanwhile', async () => {
  const { known, parked, lease } = given();
  await known.look();
  parked.push({ id: STREAM });
  lease.turn = 3;
  expect(await known.of([STREAM])).toEqual(new Set([STREAM]));
});

it('tells nothing when the lease is lost: another may have let the streams go', async () => {
  const { known, parked, lease } = given();
  parked.push({ id: STREAM });
  await known.look();
  lease.held = false;
  expect(await known.of([STREAM])).toBeUndefined();
});
