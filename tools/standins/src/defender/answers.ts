import { createHash, randomUUID } from 'node:crypto';
import {
  DEFENDER_SECRET,
  actionBody,
  connections,
  machineBody,
  type DefenderStandin,
  type StandinMachine,
  type StandinMachineAction,
} from './model.js';
import type { StandinAnswer, StandinRequest } from '../vendor.js';

/** What each published call answers. */
export const adoptMachine = (
  edr: DefenderStandin,
  name: string,
  known: Partial<Pick<StandinMachine, 'addresses' | 'aadDeviceId'>> = {},
): StandinMachine => {
  const id = createHash('sha1').update(name).digest('hex');
  const addresses = [[10, ...Buffer.from(id, 'hex').subarray(0, 3)].join('.')];
  const machine = {
    id,
    name,
    addresses,
    aadDeviceId: null,
    ...known,
    unsupported: edr.unsupported.includes(name),
    switches: [],
  };
  edr.machines.set(machine.id, machine);
  return machine;
};

/** By id, or by computer name, as published. */
export const getMachine =
  (edr: DefenderStandin) =>
  ({ at: { id = '' } }: StandinRequest): StandinAnswer => {
    const machine = edr.machines.get(id) ?? [...edr.machines.values()].find(({ name }) => name === id.toLowerCase());
    return machine
      ? { status: 200, body: { '@odata.context': context('Machines/$entity'), ...machineBody(edr.now())(machine) } }
      : refused(404, 'ResourceNotFound', `Machine ${id} was not found`);
  };

export const listMachines =
  (edr: DefenderStandin) =>
  ({ query }: StandinRequest): StandinAnswer => {
    const filter = query.get('$filter') ?? '';
    const [, exact] = /^computerDnsName eq '([^']*)'$/.exec(filter) ?? [];
    const [, start] = /^startswith\(computerDnsName,'([^']*)'\)$/.exec(filter) ?? [];
    if (filter && exact === undefined && start === undefined)
      return refused(400, 'ODataError', 'Invalid OData URI query');
    let found = [...edr.machines.values()].filter(({ name }) =>
      exact !== undefined ? name === exact : name.startsWith(start ?? ''),
    );
    if (found.length === 0 && exact && edr.adopt) found = [adoptMachine(edr, exact)];
    return { status: 200, body: { '@odata.context': context('Machines'), value: found.map(machineBody(edr.now())) } };
  };

export const act =
  (edr: DefenderStandin, type: StandinMachineAction['type']) =>
  ({ at: { id = '' }, body, lie, effect }: StandinRequest): StandinAnswer => {
    const machine = edr.machines.get(id);
    if (!machine) return refused(404, 'ResourceNotFound', `Machine ${id} was not found`);
    if (typeof body.Comment !== 'string' || !body.Comment)
      return refused(400, 'MissingRequiredParameter', 'Parameter Comment is missing.');
    if (type === 'Isolate' && !['Full', 'Selective', 'UnManagedDevice'].includes(String(body.IsolationType)))
      return refused(400, 'InvalidInput', 'Invalid input IsolationType.');
    if (machine.unsupported)
      return refused(400, 'OsPlatformNotSupported', 'OS Platform WindowsServer2008 is not supported for this action.');
    if (edr.actions.some((one) => one.machine === machine && one.doneAt > edr.now()))
      return refused(400, 'ActiveRequestAlreadyExists', 'Action is already in progress');
    const action: StandinMachineAction = {
      id: randomUUID(),
      type,
      scope: type === 'Isolate' ? String(body.IsolationType) : null,
      comment: body.Comment,
      machine,
      createdAt: edr.now(),
      doneAt: edr.now() + edr.completeAfterMs,
    };
    edr.actions.push(action);
    if (!lie) {
      machine.switches.push({ at: action.doneAt, isolated: type === 'Isolate' });
      effect(`${type} ${machine.name}`);
    }
    return {
      status: 201,
      body: { '@odata.context': context('MachineActions/$entity'), ...actionBody(action, edr.now()) },
    };
  };

export const listActions =
  (edr: DefenderStandin) =>
  ({ query }: StandinRequest): StandinAnswer => {
    const [, machineId] = /^machineId eq '([^']*)'$/.exec(query.get('$filter') ?? '') ?? [];
    if (query.get('$filter') && !machineId) return refused(400, 'ODataError', 'Invalid OData URI query');
    const top = Number(query.get('$top') ?? 10_000);
    const found = edr.actions
      .filter(({ machine }) => !machineId || machine.id === machineId)
      .reverse()
      .slice(0, top);
    return {
      status: 200,
      body: {
        '@odata.context': context('MachineActions'),
        value: found.map((action) => actionBody(action, edr.now())),
      },
    };
  };

export const getAction =
  (edr: DefenderStandin) =>
  ({ at: { id } }: StandinRequest): StandinAnswer => {
    const action = edr.actions.find((one) => one.id === id);
    return action
      ? { status: 200, body: { '@odata.context': context('MachineActions/$entity'), ...actionBody(action, edr.now()) } }
      : refused(404, 'ResourceNotFound', `Machine action ${id} was not found`);
  };

export const hunt =
  (edr: DefenderStandin) =>
  ({ body, mute }: StandinRequest): StandinAnswer => {
    const query = String(body.Query ?? '');
    const [, is, id] = /^DeviceNetworkEvents \|.*DeviceId ([!=]=) '([^']*)'/.exec(query) ?? [];
    const [, since] = /Timestamp > datetime\(([^)]*)\)/.exec(query) ?? [];
    const machine = edr.machines.get(id ?? '');
    if (!machine || !since) return refused(400, 'BadRequest', 'This query is not understood here.');
    // The tenant's other hosts talk without pause, as one that was never isolated.
    const heard = is === '==' ? machine : { ...machine, switches: [] };
    const { count, last } = mute ? { count: 0, last: null } : connections(heard, Date.parse(since), edr.now());
    const Schema = [
      { Name: 'Connections', Type: 'Int64' },
      { Name: 'LastSeen', Type: 'DateTime' },
    ];
    return {
      status: 200,
      body: {
        Schema,
        Results: [{ Connections: count, LastSeen: last === null ? null : new Date(last).toISOString() }],
      },
    };
  };

export const token =
  (edr: DefenderStandin) =>
  ({ body }: StandinRequest): StandinAnswer => {
    if (
      body.grant_type !== 'client_credentials' ||
      body.client_id !== DEFENDER_SECRET.clientId ||
      body.client_secret !== DEFENDER_SECRET.clientSecret
    ) {
      return {
        status: 401,
        body: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' },
      };
    }
    const access_token = randomUUID();
    edr.tokens.add(`Bearer ${access_token}`);
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token } };
  };

const refused = (status: number, code: string, message: string): StandinAnswer => ({
  status,
  body: { error: { code, message, target: randomUUID() } },
});

const context = (what: string): string => `https://api.securitycenter.microsoft.com/api/$metadata#${what}`;
