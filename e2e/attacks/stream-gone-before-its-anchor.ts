import { kept, TENANT, type StoreUnderAttack } from '../support/anchored-store.js';
import type { Attack, AttackGround } from './attack.js';

const compared = (given: AttackGround, meddle: (place: StoreUnderAttack) => Promise<unknown>): Promise<boolean> =>
  kept(given, async (place) => {
    await place.goOn('brief');
    const carried = await place.sent();
    await meddle(place);
    return (await place.isClean()) && (await place.store.chain.compare(TENANT, carried)).length === 0;
  });

/** Whoever has the database deletes a stream before any anchor saw it; Kafka carries what was said of it. */
export const streamGoneBeforeItsAnchor: Attack = {
  name: 'stream-gone-before-its-anchor',
  line: 7,
  control: (given) => compared(given, async () => undefined),
  attack: async (given) =>
    (await compared(given, ({ behind }) => behind.commits.deleteMany({ streamId: `counter/${TENANT}/brief` })))
      ? 'succeeded'
      : 'refused',
  mutation: {
    file: 'libs/store/src/compare.ts',
    find: 'if (!commit) return [{ ...place, problem:',
    replace: 'if (!commit) return []; if (!commit) return [{ ...place, problem:',
  },
};
