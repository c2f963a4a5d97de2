import { ACTION_CLASSES } from '#libs/policy';
import { silenceSeen } from '../../session/silence.js';
import type { VendorApi, ConnectorAction, FoundEffect, IdentifiedTarget } from '../connector.js';
import { revokeSessions, suspend } from './endpoints.js';
import { heardOf, LAG_MS } from './sign-ins.js';
import { markOf, suspendedBy } from './system-log.js';
import { foundIn, pollStatus, underWay, userOf } from './users.js';

/** A suspension leaves open sessions alone, and an attempt may end between the two calls. */
const endSessions = async (api: VendorApi, id: string, signal?: AbortSignal): Promise<string | undefined> => {
  try {
    await api.call(revokeSessions, { at: { id }, signal });
    return undefined;
  } catch (error) {
    return `open sessions may live on: ${error instanceof Error ? error.message : String(error)}`;
  }
};

/** A suspension whose answer was lost is found by its mark; one that the customer made stays theirs. */
const find = async (
  api: VendorApi,
  { vendorId }: IdentifiedTarget,
  idempotencyKey: string,
  signal?: AbortSignal,
): Promise<FoundEffect> => {
  const user = await userOf(api, vendorId, signal);
  const found = foundIn(user, 'SUSPENDED');
  if (user.status !== 'SUSPENDED') return found;
  const { by } = await suspendedBy(api, user, idempotencyKey, signal);
  if (by === 'US') return { state: 'OURS', vendorRef: user.id, evidence: found.evidence };
  return by === 'UNTOLD' && found.state === 'ALREADY'
    ? { ...found, state: 'UNTOLD', evidence: `${found.evidence}, and the log does not tell yet who suspended it` }
    : found;
};

const foreign = async (
  api: VendorApi,
  { vendorId }: IdentifiedTarget,
  idempotencyKey: string,
  signal?: AbortSignal,
): Promise<string | undefined> => {
  const user = await userOf(api, vendorId, signal);
  if (user.status !== 'SUSPENDED') return undefined;
  const told = await suspendedBy(api, user, idempotencyKey, signal);
  return told.by === 'ANOTHER' ? `the suspension in force since ${told.at} is by ${told.who}` : undefined;
};

/**
 * Verified by the status read back together with the system log: sign-ins that were refused, or none while the log has
 * what others did. The status alone is the vendor's word.
 */
export const suspendUser: ConnectorAction = {
  ...ACTION_CLASSES['suspend-user'],
  lagMs: LAG_MS,
  provedBy: 'TELEMETRY',
  plan: ({ id }) => [
    `Find ${id} in Okta.`,
    `Suspend the account.`,
    `End its open sessions.`,
    `Check that it is suspended and that no sign-in of ${id} is logged from then on, while others' doings are.`,
  ],
  submit: async (api, { vendorId }, { idempotencyKey, signal }) => {
    const { id } = await userOf(api, vendorId, signal);
    await api.call(suspend, { at: { id }, mark: markOf(idempotencyKey), signal });
    return { vendorRef: id, missing: await endSessions(api, id, signal) };
  },
  complete: endSessions,
  poll: (api, userId, signal) => pollStatus(api, userId, 'SUSPENDED', signal),
  find,
  foreign,
  verify: async (api, { vendorId }, since, signal) => {
    const user = await userOf(api, vendorId, signal);
    const { login } = user.profile;
    if (user.status !== 'SUSPENDED')
      return { verdict: 'INEFFECTIVE', evidence: `${login} is ${user.status}`, observedAt: api.clock.now() };
    const turning = underWay(user);
    if (turning) return { verdict: 'NOT_YET', reason: 'VENDOR_LAG', evidence: turning, observedAt: api.clock.now() };
    const changedAt = Date.parse(user.statusChanged ?? '');
    const seen = silenceSeen(await heardOf(api, user, Number.isNaN(changedAt) ? since : changedAt, signal));
    return { ...seen, evidence: `${login} is SUSPENDED; ${seen.evidence}` };
  },
};
