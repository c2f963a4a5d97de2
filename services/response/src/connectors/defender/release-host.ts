import { ACTION_CLASSES } from '#libs/policy';
import { useSeen } from '../../session/silence.js';
import type { ConnectorAction } from '../connector.js';
import { heardOf, LAG_MS } from './activity.js';
import { completedAt, completedAtMs, find, inForce, poll, submit, switchesOf, underWay } from './machines.js';

/** Verified by the host talking again. A host that is off is released when it comes back: until then it is under way. */
export const releaseHost: ConnectorAction = {
  ...ACTION_CLASSES['release-host'],
  lagMs: LAG_MS,
  provedBy: 'TELEMETRY',
  plan: ({ id }) => [
    `Find ${id} in Microsoft Defender for Endpoint.`,
    `Release it from isolation.`,
    `Wait until the machine action has succeeded.`,
    `Check that ${id} connects again.`,
  ],
  submit: (api, who, options) => submit(api, 'Unisolate', who, options),
  poll,
  find: (api, who, idempotencyKey, signal) => find(api, 'Unisolate', who, idempotencyKey, signal),
  verify: async (api, who, since, signal) => {
    const actions = await switchesOf(api, who, signal);
    const turning = underWay(actions, who);
    if (turning) return { verdict: 'NOT_YET', reason: 'VENDOR_LAG', evidence: turning, observedAt: api.clock.now() };
    const current = inForce(actions);
    if (current?.type === 'Isolate')
      return {
        verdict: 'INEFFECTIVE',
        evidence: `${who.name} is isolated since ${completedAt(current)}`,
        observedAt: api.clock.now(),
      };
    return useSeen(await heardOf(api, who, current ? completedAtMs(current, since) : since, signal));
  },
};
