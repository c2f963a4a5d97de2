import { meddling, STREAM, untouched } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

/** Whoever has the database writes that a fact was said earlier, and what kind of fact it is. */
export const factTimeChanged: Attack = {
  name: 'fact-time-changed',
  line: 7,
  control: untouched,
  attack: meddling(({ behind }) =>
    behind.commits.updateOne(
      { _id: `${STREAM}@5` },
      { $set: { 'facts.0.time': 1, 'facts.0.type': 'counter.emptied' } },
    ),
  ),
  mutation: {
    file: 'libs/store/src/chain.ts',
    find: 'const ofFact = ({ salt: _salt, bytes: _bytes, carried: _carried, ...rest }: KeptFact): object => rest;',
    replace: 'const ofFact = ({ digest }: KeptFact): object => ({ digest });',
  },
};
