import type { Typed } from '#libs/model';
import { asApprover, signedRecord, takes, trusting } from '../support/signed-requests.js';
import type { Attack } from './attack.js';

const denial = asApprover({ type: 'action.deny', actionId: 'a1', comment: 'no' } as Typed, { basedOn: 3 });

/** A request that was to hold at one version of a stream is put without it, to hold at any. */
export const basisDroppedFromRequest: Attack = {
  name: 'basis-dropped-from-request',
  line: 1,
  control: async () => {
    const keysOf = await trusting('gateway', 'response');
    return takes(await keysOf('response'), await signedRecord(await keysOf('gateway'), denial));
  },
  attack: async () => {
    const keysOf = await trusting('gateway', 'response');
    const record = await signedRecord(await keysOf('gateway'), denial);
    const { ce_basedon: _dropped, ...headers } = record.headers;
    return (await takes(await keysOf('response'), { ...record, headers })) ? 'succeeded' : 'refused';
  },
  mutation: {
    file: 'libs/service/src/keys.ts',
    find: "    ['version to be based on', claim.basedOn, request.basedOn],\n",
    replace: '',
  },
};
