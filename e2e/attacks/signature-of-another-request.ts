import type { Typed } from '#libs/model';
import { asApprover, signedRecord, takes, trusting, under } from '../support/signed-requests.js';
import type { Attack } from './attack.js';

const approval = { type: 'action.approve', actionId: 'a1', comment: 'please wait' } as Typed;
const message = {
  type: 'case.post-message',
  caseId: 'c1',
  kind: 'MESSAGE',
  text: 'please wait',
  inReplyTo: null,
} as Typed;

/** Her message to the analysts is put beside an approval that bears the same request id. */
export const signatureOfAnotherRequest: Attack = {
  name: 'signature-of-another-request',
  line: 1,
  control: async () => {
    const keysOf = await trusting('gateway', 'response');
    return takes(await keysOf('response'), await signedRecord(await keysOf('gateway'), asApprover(approval)));
  },
  attack: async () => {
    const keysOf = await trusting('gateway', 'response');
    const gateway = await keysOf('gateway');
    const forged = under(
      await signedRecord(gateway, asApprover(message)),
      await signedRecord(gateway, asApprover(approval)),
    );
    return (await takes(await keysOf('response'), forged)) ? 'succeeded' : 'refused';
  },
  mutation: {
    file: 'libs/service/src/keys.ts',
    find: 'const other = same.find(([, signed, shown]) => signed !== shown);',
    replace:
      "const other = same.find(([what, signed, shown]) => ['tenant', 'request'].includes(what) && signed !== shown);",
  },
};
