import { kept, TENANT } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

const witnesses = (anchors: readonly { tenant: string; signature: string }[]) =>
  anchors.filter(({ tenant }) => tenant === TENANT).map(({ signature }) => ({ from: 'Kafka', signature }));

/** Whoever has the database takes the last anchor out, so that what it saw can be cut off; Kafka still has it. */
export const anchorDeleted: Attack = {
  name: 'anchor-deleted',
  line: 7,
  control: (given) => kept(given, ({ anchors, isClean }) => isClean({ witnesses: witnesses(anchors) })),
  attack: (given) =>
    kept(given, async ({ anchors, behind, isClean }) => {
      await behind.commits.deleteOne({ _id: `anchor/${TENANT}/tenants.counter@2` });
      return (await isClean({ witnesses: witnesses(anchors) })) ? 'succeeded' : 'refused';
    }),
  mutation: {
    file: 'libs/store/src/check-anchors.ts',
    find: 'if (kept?.signature === signature) continue;',
    replace: 'if (!kept || kept.signature === signature) continue;',
  },
};
