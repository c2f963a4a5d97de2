import { ACTION_CLASSES } from '../../domain/action/classes.js';
import type { ConnectorAction } from '../connector.js';
import {
  completedAt,
  connectionsOfOthersSince,
  connectionsSince,
  find,
  foreignIsolation,
  inForce,
  poll,
  submit,
  switchesOf,
} from './machines.js';

/**
 * Verified by what the sensors saw on the network afterwards: the action's own status is the vendor's word only. The
 * host's silence says something only while the same source delivers for other hosts: a source that lags, or is down, is
 * as silent.
 */
export const isolateHost: ConnectorAction = {
  ...ACTION_CLASSES['isolate-host'],
  plan: ({ id }) => [
    `Find ${id} in Microsoft Defender for Endpoint.`,
    `Isolate it fully; only the sensor keeps its connection.`,
    `Wait until the machine action has succeeded.`,
    `Check that no connection of ${id} is recorded from then on, while those of other hosts are.`,
  ],
  submit: (api, who, options) => submit(api, 'Isolate', who, options),
  poll,
  find: (api, who, idempotencyKey, signal) => find(api, 'Isolate', who, idempotencyKey, signal),
  foreign: foreignIsolation,
  verify: async (api, who, since, signal) => {
    const current = inForce(await switchesOf(api, who, signal));
    if (current?.type !== 'Isolate')
      return {
        effective: false,
        evidence: current
          ? `${who.name} was released at ${completedAt(current)}`
          : `no isolation of ${who.name} has succeeded`,
      };
    const from = vendorTime(completedAt(current), since);
    const { count, last } = await connectionsSince(api, who, from, signal);
    const period = `since its isolation at ${new Date(from).toISOString()}`;
    if (count > 0)
      return {
        effective: false,
        evidence: `${who.name} is still talking: ${count} connections ${period}, the last at ${last}`,
      };
    const others = await connectionsOfOthersSince(api, who, from, signal);
    const silent = `no connection of ${who.name} is recorded ${period}`;
    return others.count > 0
      ? { effective: true, evidence: `${silent}, while those of other hosts are, the last at ${others.last}` }
      : { effective: false, notYet: true, evidence: `not verified yet: ${silent}, nor any of another host` };
  },
};

/** Events carry the vendor's clock, so its own time of completion is the better start. */
const vendorTime = (text: string, fallback: number): number =>
  Number.isNaN(Date.parse(text)) ? fallback : Date.parse(text);
