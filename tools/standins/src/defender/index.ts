import { act, adoptMachine, getAction, getMachine, hunt, listActions, listMachines, token } from './answers.js';
import { DEFENDER_SECRET, actionBody, commonRefusals, isIsolated, type DefenderStandin } from './model.js';
import { startStandin } from '../server.js';
import type { StandinOfVendor, StandinRoute, Standin, StandinOptions } from '../vendor.js';

/**
 * Stands in for Microsoft Defender for Endpoint: tokens, machines, isolate/unisolate, machine actions, and the hunting
 * queries that tell whether a machine still talks. A machine talks without pause until it is really isolated, and is
 * refused from then on.
 */
export interface DefenderStandinOptions extends StandinOptions {
  /** Known from the start: host names, or more of them. */
  machines?: (string | { name: string; addresses?: string[]; aadDeviceId?: string })[];
  /** Any host name asked for exists; default true. */
  adopt?: boolean;
  /** From acceptance to `Succeeded`; default 200. */
  completeAfterMs?: number;
  /** Hosts whose system cannot be isolated. */
  unsupported?: string[];
}

export const startDefenderStandin = async ({
  machines: known = [],
  adopt = true,
  completeAfterMs = 200,
  unsupported = [],
  ...options
}: DefenderStandinOptions = {}): Promise<Standin> => {
  const edr: DefenderStandin = {
    now: options.now ?? Date.now,
    adopt,
    completeAfterMs,
    unsupported,
    machines: new Map(),
    actions: [],
    tokens: new Set(),
  };
  for (const one of known) {
    const { name, ...more } = typeof one === 'string' ? { name: one } : one;
    adoptMachine(edr, name, more);
  }
  const routes: StandinRoute[] = [
    { method: 'POST', path: '/{account}/oauth2/v2.0/token', open: true, answer: token(edr) },
    { method: 'GET', path: '/api/machines', answer: listMachines(edr) },
    { method: 'GET', path: '/api/machines/{id}', answer: getMachine(edr) },
    { method: 'POST', path: '/api/machines/{id}/isolate', acts: true, answer: act(edr, 'Isolate') },
    { method: 'POST', path: '/api/machines/{id}/unisolate', acts: true, answer: act(edr, 'Unisolate') },
    { method: 'GET', path: '/api/machineactions', answer: listActions(edr) },
    { method: 'GET', path: '/api/machineactions/{id}', answer: getAction(edr) },
    { method: 'POST', path: '/api/advancedqueries/run', answer: hunt(edr) },
  ];
  const state = () => ({
    machines: [...edr.machines.values()].map((machine) => ({
      name: machine.name,
      isolated: isIsolated(machine, edr.now()),
    })),
    actions: edr.actions.map((action) => actionBody(action, edr.now())),
  });
  return startStandin(
    {
      ...commonRefusals,
      routes,
      secret: JSON.stringify(DEFENDER_SECRET),
      admits: (authorization) => edr.tokens.has(authorization),
      state,
    },
    options,
  );
};

export const defender: StandinOfVendor = {
  vendor: 'defender',
  secret: JSON.stringify(DEFENDER_SECRET),
  start: startDefenderStandin,
};
