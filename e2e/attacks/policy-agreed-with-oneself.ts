import { ada, confirm, grace, heldAfter, setPolicy } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/** Who proposed that more may happen is the second person as well, under another spelling of the same subject. */
export const policyAgreedWithOneself: Attack = {
  name: 'policy-agreed-with-oneself',
  line: 6,
  control: () =>
    heldAfter(
      {},
      [],
      [
        [ada, setPolicy({ mode: 'AUTHORIZE' })],
        [grace, confirm('1')],
      ],
    ).policy.mode === 'AUTHORIZE',
  attack: () => {
    const { policy } = heldAfter(
      {},
      [],
      [
        [ada, setPolicy({ mode: 'AUTHORIZE' })],
        [ada, confirm('1')],
        [{ ...ada, subject: ' Ada' }, confirm('1')],
      ],
    );
    return policy.mode === 'AUTHORIZE' ? 'succeeded' : 'refused';
  },
  mutation: {
    file: 'services/tenants/src/domain/tenant/agreement.ts',
    find: 'if (isProposer(proposal, context)) throw',
    replace: "if (proposal.by.subject === '') throw",
  },
};
