import { createHash, randomUUID } from 'node:crypto';
import {
  DEFENDER_SECRET,
  actionBody,
  activityOf,
  machineBody,
  type DefenderStandin,
  type MachineActivity,
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
  ({ at: { id = '' }, body, mode, byMs, effect }: StandinRequest): StandinAnswer => {
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
      doneAt: edr.now() + (mode === 'linger' ? byMs : edr.completeAfterMs),
    };
    edr.actions.push(action);
    if (mode !== 'lie') {
      machine.switches.push({ at: action.doneAt + (mode === 'late' ? byMs : 0), isolated: type === 'Isolate' });
      effect(`${type} ${machine.name}`);
    }
    return {
      status: 201,
      body: { '@odata.context': context('MachineActions/$entity'), ...actionBody(action, edr.now()) },
    };
  };

export const listActions =
  (edr: DefenderStandin) =>
  ({ query, mode }: StandinRequest): StandinAnswer => {
    const [, machineId] = /^machineId eq '([^']*)'$/.exec(query.get('$filter') ?? '') ?? [];
    if (query.get('$filter') && !machineId) return refused(400, 'ODataError', 'Invalid OData URI query');
    const top = Number(query.get('$top') ?? 10_000);
    const found = edr.actions
      .filter(({ machine }) => mode !== 'misread' && (!machineId || machine.id === machineId))
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

/** The three queries it understands: what a machine does on the network, what all others do, whether its sensor reports. */
export const hunt =
  (edr: DefenderStandin) =>
  ({ body, mode, byMs }: StandinRequest): StandinAnswer => {
    const query = String(body.Query ?? '');
    const [, table, is, id] = /^(Device\w+) \|.*DeviceId ([!=]=) '([^']*)'/.exec(query) ?? [];
    const since = Date.parse(/Timestamp > datetime\(([^)]*)\)/.exec(query)?.[1] ?? '');
    const machine = edr.machines.get(id ?? '');
    if (!machine || Number.isNaN(since)) return refused(400, 'BadRequest', 'This query is not understood here.');
    const until = mode === 'behind' ? edr.now() - byMs : Math.max(edr.now(), since + 1);
    const isDark = mode === 'mute' || (mode === 'offline' && is === '==');
    // The tenant's other hosts, and any sensor, talk without pause.
    const asked = table === 'DeviceNetworkEvents' && is === '==' ? machine : { switches: [] };
    const told = activityOf(asked, since, isDark ? since : until);
    return { status: 200, body: huntBody(told, mode === 'quiet') };
  };

const huntBody = ({ done, refused: tried }: MachineActivity, isQuiet: boolean): Record<string, unknown> => {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const attempts = isQuiet ? { count: 0, last: null } : tried;
  return {
    Schema: [
      { Name: 'Count', Type: 'Int64' },
      { Name: 'LastSeen', Type: 'DateTime' },
      { Name: 'Refused', Type: 'Int64' },
      { Name: 'LastRefused', Type: 'DateTime' },
    ],
    Results: [
      { Count: done.count, LastSeen: iso(done.last), Refused: attempts.count, LastRefused: iso(attempts.last) },
    ],
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
