import { ACTION_CLASSES } from '../../domain/action/classes.js';
import type { ConnectorAction } from '../connector.js';
import { completedAt, connectionsSince, find, inForce, poll, submit, switchesOf } from './machines.js';

/** Verified by the host talking again. */
export const releaseHost: ConnectorAction = {
  ...ACTION_CLASSES['release-host'],
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
    const current = inForce(await switchesOf(api, who, signal));
    if (current?.type === 'Isolate')
      return { effective: false, evidence: `${who.name} is isolated since ${completedAt(current)}` };
    const { count, last } = await connectionsSince(
      api,
      who,
      current ? Date.parse(completedAt(current)) : since,
      signal,
    );
    return count > 0
      ? { effective: true, evidence: `${who.name} connects again, last at ${last}` }
      : { effective: false, evidence: `${who.name} was released, but no connection is recorded yet` };
  },
};
