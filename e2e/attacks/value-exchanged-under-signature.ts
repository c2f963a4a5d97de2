import type { Typed } from '#libs/model';
import { asApprover, signedRecord, takes, trusting, under } from '../support/signed-requests.js';
import type { Attack } from './attack.js';

const approve = (actionId: string) => ({ type: 'action.approve', actionId, comment: 'go' }) as Typed;

/** She agreed to one action; the value is exchanged for her agreement to another. */
export const valueExchangedUnderSignature: Attack = {
  name: 'value-exchanged-under-signature',
  line: 1,
  control: async () => {
    const keysOf = await trusting('gateway', 'response');
    return takes(await keysOf('response'), await signedRecord(await keysOf('gateway'), asApprover(approve('printer'))));
  },
  attack: async () => {
    const keysOf = await trusting('gateway', 'response');
    const gateway = await keysOf('gateway');
    const forged = under(
      await signedRecord(gateway, asApprover(approve('printer'))),
      await signedRecord(gateway, asApprover(approve('domain-controller'))),
    );
    return (await takes(await keysOf('response'), forged)) ? 'succeeded' : 'refused';
  },
  mutation: { file: 'libs/service/src/keys.ts', find: "    ['value', claim.sha256, sha256Of(value)],\n", replace: '' },
};
