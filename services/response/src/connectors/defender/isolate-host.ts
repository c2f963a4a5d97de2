import { ACTION_CLASSES } from '../../domain/action-classes.js';
import type { ConnectorAction } from '../connector.js';
import { completedAt, connectionsSince, find, inForce, machineOf, poll, submit, switchesOf } from './machines.js';

/** Verified by what the sensor saw on the network afterwards: the action's own status is the vendor's word only. */
export const isolateHost: ConnectorAction = {
  ...ACTION_CLASSES['isolate-host'],
  plan: ({ id }) => [
    `Find ${id} in Microsoft Defender for Endpoint.`,
    `Isolate it fully; only the sensor keeps its connection.`,
    `Wait until the machine action has succeeded.`,
    `Check that no connection of ${id} is recorded from then on.`,
  ],
  submit: (api, target, options) => submit(api, 'Isolate', target, options),
  poll,
  find: (api, target, idempotencyKey, signal) => find(api, 'Isolate', target, idempotencyKey, signal),
  verify: async (api, target, since, signal) => {
    const machine = await machineOf(api, target, signal);
    const current = inForce(await switchesOf(api, machine, signal));
    if (current?.type !== 'Isolate') return { effective: false, evidence: current ? `${target.id} was released at ${completedAt(current)}` : `no isolation of ${target.id} has succeeded` };
    const from = vendorTime(completedAt(current), since);
    const { count, last } = await connectionsSince(api, machine, from, signal);
    const period = `since its isolation at ${new Date(from).toISOString()}`;
    return count === 0
      ? { effective: true, evidence: `no connection of ${target.id} is recorded ${period}` }
      : { effective: false, evidence: `${target.id} is still talking: ${count} connections ${period}, the last at ${last}` };
  },
};

/** Events carry the vendor's clock, so its own time of completion is the better start. */
const vendorTime = (text: string, fallback: number): number => (Number.isNaN(Date.parse(text)) ? fallback : Date.parse(text));
