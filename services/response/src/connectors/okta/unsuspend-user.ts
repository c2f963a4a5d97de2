import { ACTION_CLASSES } from '#libs/policy';
import type { ConnectorAction } from '../connector.js';
import { unsuspend } from './endpoints.js';
import { LAG_MS } from './sign-ins.js';
import { markOf } from './system-log.js';
import { findByStatus, pollStatus, underWay, userOf } from './users.js';

/** Verified by the status on a fresh reading: whether the person then signs in is theirs to decide. */
export const unsuspendUser: ConnectorAction = {
  ...ACTION_CLASSES['unsuspend-user'],
  lagMs: LAG_MS,
  provedBy: 'STATE',
  plan: ({ id }) => [`Find ${id} in Okta.`, `Lift the suspension.`, `Check that the account is active.`],
  submit: async (api, { vendorId }, { idempotencyKey, signal }) => {
    const { id } = await userOf(api, vendorId, signal);
    await api.call(unsuspend, { at: { id }, mark: markOf(idempotencyKey), signal });
    return { vendorRef: id };
  },
  poll: (api, userId, signal) => pollStatus(api, userId, 'ACTIVE', signal),
  find: (api, who, _, signal) => findByStatus(api, who, 'ACTIVE', signal),
  verify: async (api, { vendorId }, _, signal) => {
    const user = await userOf(api, vendorId, signal);
    const { status, profile } = user;
    const turning = underWay(user);
    if (turning) return { verdict: 'NOT_YET', reason: 'VENDOR_LAG', evidence: turning, observedAt: api.clock.now() };
    return {
      verdict: status === 'ACTIVE' ? 'EFFECTIVE' : 'INEFFECTIVE',
      evidence: `${profile.login} is ${status}`,
      observedAt: api.clock.now(),
    };
  },
};
