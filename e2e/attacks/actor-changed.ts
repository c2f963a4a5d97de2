import { meddling, STREAM, untouched } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

/** Whoever has the database writes that somebody else asked. */
export const actorChanged: Attack = {
  name: 'actor-changed',
  line: 7,
  control: untouched,
  attack: meddling(({ behind }) =>
    behind.commits.updateOne({ _id: `${STREAM}@5` }, { $set: { 'requests.0.actor.subject': 'mallory' } }),
  ),
  mutation: {
    file: 'libs/store/src/verify.ts',
    find: 'return personalDigestOf(personalSalt, request).equals(personalDigest) ? []',
    replace: "return request.id !== '' ? []",
  },
};
