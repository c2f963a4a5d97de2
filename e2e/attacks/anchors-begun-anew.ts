import { kept, STREAM, untouched } from '../kept.js';
import type { Attack } from './attack.js';

/** Whoever has the database deletes all anchors and what they noted, writes history anew, and lets the service begin its anchors again. */
export const anchorsBegunAnew: Attack = {
  name: 'anchors-begun-anew',
  line: 7,
  control: untouched,
  attack: (given) => kept(given, async ({ behind, goOn, anchor, isClean }) => {
    await goOn('long');
    await behind.commits.deleteMany({ streamId: { $regex: '^anchor/' } });
    await behind.anchored.deleteMany({});
    await behind.rewrite(STREAM, 2, ({ facts }) => ({ facts: facts.map((fact) => ({ ...fact, time: fact.time - 60_000 })) }));
    await anchor(3);
    return (await isClean()) ? 'succeeded' : 'refused';
  }),
  mutation: { file: 'libs/store/src/check-anchors.ts', find: 'if (oldest === undefined) return undefined;', replace: 'if (oldest !== undefined || oldest === undefined) return undefined;' },
};
