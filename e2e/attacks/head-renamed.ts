import { meddling, STREAM, untouched } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

/**
 * Whoever has the database writes a stream anew, and names the heads that anchors noted of it as if they were
 * elsewhere: no root is over their names.
 */
export const headRenamed: Attack = {
  name: 'head-renamed',
  line: 7,
  control: untouched,
  attack: meddling(async ({ behind }) => {
    await behind.rewrite(STREAM, 2, ({ facts }) => ({
      facts: facts.map((fact) => ({ ...fact, time: fact.time - 60_000 })),
    }));
    const heads = await behind.anchored.find({ streamId: STREAM }).toArray();
    await behind.anchored.deleteMany({ streamId: STREAM });
    await behind.anchored.insertMany(heads.map((head) => ({ ...head, _id: `elsewhere/${head.version}` })));
  }),
  mutation: {
    file: 'libs/store/src/check-heads.ts',
    find: 'kept.get(placeOf(head.streamId, head.version))',
    replace: 'kept.get(head._id)',
  },
};
