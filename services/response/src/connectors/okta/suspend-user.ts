import { ACTION_CLASSES } from '../../domain/action/classes.js';
import type { VendorApi, ConnectorAction } from '../connector.js';
import { revokeSessions, suspend } from './endpoints.js';
import { findByStatus, pollStatus, signInsSince, userOf } from './users.js';

/** A suspension leaves open sessions alone, and an attempt may end between the two calls. */
const endSessions = async (api: VendorApi, id: string, signal?: AbortSignal): Promise<string | undefined> => {
  try {
    await api.call(revokeSessions, { at: { id }, signal });
    return undefined;
  } catch (error) {
    return `open sessions may live on: ${error instanceof Error ? error.message : String(error)}`;
  }
};

/** Verified by the absence of sign-ins in the system log: the status alone is the vendor's word. */
export const suspendUser: ConnectorAction = {
  ...ACTION_CLASSES['suspend-user'],
  plan: ({ id }) => [
    `Find ${id} in Okta.`,
    `Suspend the account.`,
    `End its open sessions.`,
    `Check that it is suspended and that no sign-in of ${id} is logged from then on.`,
  ],
  submit: async (api, { vendorId }, { signal }) => {
    const { id } = await userOf(api, vendorId, signal);
    await api.call(suspend, { at: { id }, signal });
    return { vendorRef: id, missing: await endSessions(api, id, signal) };
  },
  complete: endSessions,
  poll: (api, userId, signal) => pollStatus(api, userId, 'SUSPENDED', signal),
  find: (api, who, _, signal) => findByStatus(api, who, 'SUSPENDED', signal),
  verify: async (api, { vendorId }, since, signal) => {
    const user = await userOf(api, vendorId, signal);
    if (user.status !== 'SUSPENDED') return { effective: false, evidence: `${user.profile.login} is ${user.status}` };
    const from =
      user.statusChanged && !Number.isNaN(Date.parse(user.statusChanged)) ? Date.parse(user.statusChanged) : since;
    const { count, last } = await signInsSince(api, user, from, signal);
    return count === 0
      ? {
          effective: true,
          evidence: `${user.profile.login} is suspended and no sign-in is logged since ${new Date(from).toISOString()}`,
        }
      : {
          effective: false,
          evidence: `${user.profile.login} is called suspended, but ${count} sign-ins are logged since, the last at ${last}`,
        };
  },
};
