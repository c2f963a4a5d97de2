import { meddling, STREAM, untouched } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

/** Whoever has the database and this program writes a stream anew, with every hash right again. */
export const historyRewritten: Attack = {
  name: 'history-rewritten',
  line: 7,
  control: untouched,
  attack: meddling(({ behind }) =>
    behind.rewrite(STREAM, 2, ({ facts }) => ({ facts: facts.map((fact) => ({ ...fact, time: fact.time - 60_000 })) })),
  ),
  mutation: { file: 'libs/store/src/check-heads.ts', find: 'hash?.equals(head.hash)', replace: 'hash' },
};
