import { ACTION_CLASSES } from '../../domain/action-classes.js';
import type { ConnectorAction } from '../connector.js';
import { completedAt, connectionsSince, find, inForce, machineOf, poll, submit, switchesOf } from './machines.js';

/** Verified by the host talking again. */
export const releaseHost: ConnectorAction = {
  ...ACTION_CLASSES['release-host'],
  plan: ({ id }) => [`Find ${id} in Microsoft Defender for Endpoint.`, `Release it from isolation.`, `Wait until the machine action has succeeded.`, `Check that ${id} connects again.`],
  submit: (api, target, options) => submit(api, 'Unisolate', target, options),
  poll,
  find: (api, target, idempotencyKey, signal) => find(api, 'Unisolate', target, idempotencyKey, signal),
  verify: async (api, target, since, signal) => {
    const machine = await machineOf(api, target, signal);
    const current = inForce(await switchesOf(api, machine, signal));
    if (current?.type === 'Isolate') return { effective: false, evidence: `${target.id} is isolated since ${completedAt(current)}` };
    const { count, last } = await connectionsSince(api, machine, current ? Date.parse(completedAt(current)) : since, signal);
    return count > 0 ? { effective: true, evidence: `${target.id} connects again, last at ${last}` } : { effective: false, evidence: `${target.id} was released, but no connection is recorded yet` };
  },
};
