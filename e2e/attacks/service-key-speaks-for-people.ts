import type { Typed } from '#libs/model';
import { asApprover, signedRecord, takes, trusting } from '../support/signed-requests.js';
import type { Attack } from './attack.js';

const approval = asApprover({ type: 'action.approve', actionId: 'a1', comment: 'go' } as Typed);

/** Who took the key of detection approves in a customer's name. */
export const serviceKeySpeaksForPeople: Attack = {
  name: 'service-key-speaks-for-people',
  line: 1,
  control: async () => {
    const keysOf = await trusting('gateway', 'response');
    return takes(await keysOf('response'), await signedRecord(await keysOf('gateway'), approval));
  },
  attack: async () => {
    const keysOf = await trusting('detection', 'response');
    const taken = await keysOf('detection', { detection: { itself: [], people: ['action.approve'] } });
    const record = await signedRecord(taken, { ...approval, envelope: { ...approval.envelope, source: 'detection' } });
    return (await takes(await keysOf('response'), record)) ? 'succeeded' : 'refused';
  },
  mutation: {
    file: 'libs/service/src/keys.ts',
    find: 'if (!people.includes(type)) return',
    replace: 'if (!people) return',
  },
};
