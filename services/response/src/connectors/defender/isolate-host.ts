import { ACTION_CLASSES } from '#libs/policy';
import { silenceSeen } from '../../session/silence.js';
import type { ConnectorAction } from '../connector.js';
import { heardOf, LAG_MS } from './activity.js';
import {
  completedAt,
  completedAtMs,
  find,
  foreignIsolation,
  inForce,
  poll,
  submit,
  switchesOf,
  underWay,
} from './machines.js';

/**
 * Verified by what the sensors saw on the network afterwards: the action's own status is the vendor's word only.
 * Connections that the host tried and was refused are the best evidence; its silence says something only while its
 * sensor reports and the same source delivers for other hosts: a host that is off, and a source that lags, are as
 * silent. Nor does an isolation count that is being taken back.
 */
export const isolateHost: ConnectorAction = {
  ...ACTION_CLASSES['isolate-host'],
  lagMs: LAG_MS,
  provedBy: 'TELEMETRY',
  plan: ({ id }) => [
    `Find ${id} in Microsoft Defender for Endpoint.`,
    `Isolate it fully; only the sensor keeps its connection.`,
    `Wait until the machine action has succeeded.`,
    `Check that connections of ${id} are refused from then on, or none is recorded while its sensor reports and other hosts connect.`,
  ],
  submit: (api, who, options) => submit(api, 'Isolate', who, options),
  poll,
  find: (api, who, idempotencyKey, signal) => find(api, 'Isolate', who, idempotencyKey, signal),
  foreign: foreignIsolation,
  verify: async (api, who, since, signal) => {
    const actions = await switchesOf(api, who, signal);
    const turning = underWay(actions, who);
    if (turning) return { verdict: 'NOT_YET', reason: 'VENDOR_LAG', evidence: turning, observedAt: api.clock.now() };
    const current = inForce(actions);
    if (current?.type !== 'Isolate')
      return {
        verdict: 'INEFFECTIVE',
        evidence: current
          ? `${who.name} was released at ${completedAt(current)}`
          : `no isolation of ${who.name} has succeeded`,
        observedAt: api.clock.now(),
      };
    return silenceSeen(await heardOf(api, who, completedAtMs(current, since), signal));
  },
};
