import { createHash, randomUUID } from 'node:crypto';
import { EDR_SECRET, forbidden, type Machine, type MachineAction } from './edr-model.js';
import { startStandin, type Answer, type Asked, type Route, type Standin, type StandinOptions } from './server.js';

/**
 * Stands in for Microsoft Defender for Endpoint: tokens, machines, isolate/unisolate, machine actions, and the one hunting query that tells
 * whether a machine still talks. A machine talks without pause until it is really isolated.
 */
export interface EdrOptions extends StandinOptions {
  /** Host names known from the start. */
  machines?: string[];
  /** Any host name asked for exists; default true. */
  adopt?: boolean;
  /** From acceptance to `Succeeded`; default 200. */
  completeAfterMs?: number;
  /** Hosts whose system cannot be isolated. */
  unsupported?: string[];
}

export const startEdrStandin = async ({ machines: known = [], adopt = true, completeAfterMs = 200, unsupported = [], ...options }: EdrOptions = {}): Promise<Standin> => {
  const now = options.now ?? Date.now;
  const machines = new Map<string, Machine>();
  const actions: MachineAction[] = [];
  const tokens = new Set<string>();

  const adoptMachine = (name: string): Machine => {
    const machine = { id: createHash('sha1').update(name).digest('hex'), name, unsupported: unsupported.includes(name), switches: [] };
    machines.set(machine.id, machine);
    return machine;
  };
  known.forEach(adoptMachine);

  const listMachines = ({ query }: Asked): Answer => {
    const filter = query.get('$filter') ?? '';
    const [, exact] = /^computerDnsName eq '([^']*)'$/.exec(filter) ?? [];
    const [, start] = /^startswith\(computerDnsName,'([^']*)'\)$/.exec(filter) ?? [];
    if (filter && exact === undefined && start === undefined) return refused(400, 'ODataError', 'Invalid OData URI query');
    let found = [...machines.values()].filter(({ name }) => (exact !== undefined ? name === exact : name.startsWith(start ?? '')));
    if (found.length === 0 && exact && adopt) found = [adoptMachine(exact)];
    return { status: 200, body: { '@odata.context': context('Machines'), value: found.map(machineBody(now())) } };
  };

  const act = (type: MachineAction['type']) => ({ at: { id = '' }, body, lie, effect }: Asked): Answer => {
    const machine = machines.get(id);
    if (!machine) return refused(404, 'ResourceNotFound', `Machine ${id} was not found`);
    if (typeof body.Comment !== 'string' || !body.Comment) return refused(400, 'MissingRequiredParameter', 'Parameter Comment is missing.');
    if (type === 'Isolate' && !['Full', 'Selective', 'UnManagedDevice'].includes(String(body.IsolationType))) return refused(400, 'InvalidInput', 'Invalid input IsolationType.');
    if (machine.unsupported) return refused(400, 'OsPlatformNotSupported', 'OS Platform WindowsServer2008 is not supported for this action.');
    if (actions.some((one) => one.machine === machine && one.doneAt > now())) return refused(400, 'ActiveRequestAlreadyExists', 'Action is already in progress');
    const action: MachineAction = { id: randomUUID(), type, scope: type === 'Isolate' ? String(body.IsolationType) : null, comment: body.Comment, machine, createdAt: now(), doneAt: now() + completeAfterMs };
    actions.push(action);
    if (!lie) {
      machine.switches.push({ at: action.doneAt, isolated: type === 'Isolate' });
      effect(`${type} ${machine.name}`);
    }
    return { status: 201, body: { '@odata.context': context('MachineActions/$entity'), ...actionBody(action, now()) } };
  };

  const listActions = ({ query }: Asked): Answer => {
    const [, machineId] = /^machineId eq '([^']*)'$/.exec(query.get('$filter') ?? '') ?? [];
    if (query.get('$filter') && !machineId) return refused(400, 'ODataError', 'Invalid OData URI query');
    const top = Number(query.get('$top') ?? 10_000);
    const found = actions.filter(({ machine }) => !machineId || machine.id === machineId).reverse().slice(0, top);
    return { status: 200, body: { '@odata.context': context('MachineActions'), value: found.map((action) => actionBody(action, now())) } };
  };

  const hunt = ({ body }: Asked): Answer => {
    const query = String(body.Query ?? '');
    const [, id] = /^DeviceNetworkEvents \|.*DeviceId == '([^']*)'/.exec(query) ?? [];
    const [, since] = /Timestamp > datetime\(([^)]*)\)/.exec(query) ?? [];
    const machine = machines.get(id ?? '');
    if (!machine || !since) return refused(400, 'BadRequest', 'This query is not understood here.');
    const { count, last } = connections(machine, Date.parse(since), now());
    const Schema = [{ Name: 'Connections', Type: 'Int64' }, { Name: 'LastSeen', Type: 'DateTime' }];
    return { status: 200, body: { Schema, Results: [{ Connections: count, LastSeen: last === null ? null : new Date(last).toISOString() }] } };
  };

  const token = ({ body }: Asked): Answer => {
    if (body.grant_type !== 'client_credentials' || body.client_id !== EDR_SECRET.clientId || body.client_secret !== EDR_SECRET.clientSecret) {
      return { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' } };
    }
    const access_token = randomUUID();
    tokens.add(`Bearer ${access_token}`);
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token } };
  };

  const getAction = ({ at: { id } }: Asked): Answer => {
    const action = actions.find((one) => one.id === id);
    return action ? { status: 200, body: { '@odata.context': context('MachineActions/$entity'), ...actionBody(action, now()) } } : refused(404, 'ResourceNotFound', `Machine action ${id} was not found`);
  };

  const routes: Route[] = [
    { method: 'POST', path: '/{account}/oauth2/v2.0/token', open: true, answer: token },
    { method: 'GET', path: '/api/machines', answer: listMachines },
    { method: 'POST', path: '/api/machines/{id}/isolate', acts: true, answer: act('Isolate') },
    { method: 'POST', path: '/api/machines/{id}/unisolate', acts: true, answer: act('Unisolate') },
    { method: 'GET', path: '/api/machineactions', answer: listActions },
    { method: 'GET', path: '/api/machineactions/{id}', answer: getAction },
    { method: 'POST', path: '/api/advancedqueries/run', answer: hunt },
  ];
  return startStandin({
    ...forbidden, routes, secret: JSON.stringify(EDR_SECRET), admits: (authorization) => tokens.has(authorization),
    state: () => ({ machines: [...machines.values()].map((machine) => ({ name: machine.name, isolated: isolatedAt(machine, now()) })), actions: actions.map((action) => actionBody(action, now())) }),
  }, options);
};

const refused = (status: number, code: string, message: string): Answer => ({ status, body: { error: { code, message, target: randomUUID() } } });

const context = (what: string): string => `https://api.securitycenter.microsoft.com/api/$metadata#${what}`;

const isolatedAt = ({ switches }: Machine, at: number): boolean => switches.filter((one) => one.at <= at).at(-1)?.isolated ?? false;

/** One connection a second while not isolated, and one just now, so that a talking machine is always heard. */
const connections = (machine: Machine, since: number, now: number): { count: number; last: number | null } => {
  const silentFrom = machine.switches.filter(({ at }) => at <= now).at(-1);
  const last = silentFrom?.isolated ? silentFrom.at : Math.max(now, since + 1);
  const talkedMs = last - since;
  return talkedMs > 0 ? { count: Math.floor(talkedMs / 1_000) + 1, last } : { count: 0, last: null };
};

const machineBody = (now: number) => (machine: Machine): Record<string, unknown> => ({
  id: machine.id, computerDnsName: machine.name, firstSeen: '2026-01-05T08:00:00.0000000Z', lastSeen: new Date(now).toISOString(), osPlatform: machine.unsupported ? 'WindowsServer2008' : 'Windows11',
  version: '23H2', osBuild: 22631, lastIpAddress: '10.0.0.7', lastExternalIpAddress: '203.0.113.7', healthStatus: 'Active', onboardingStatus: 'Onboarded', rbacGroupName: 'all', riskScore: 'High',
  exposureLevel: 'Medium', aadDeviceId: null, machineTags: [], osArchitecture: '64-bit',
});

const actionBody = (action: MachineAction, now: number): Record<string, unknown> => ({
  id: action.id, type: action.type, scope: action.scope, requestor: EDR_SECRET.clientId, requestorComment: action.comment, status: statusOf(action, now), machineId: action.machine.id,
  computerDnsName: action.machine.name, creationDateTimeUtc: new Date(action.createdAt).toISOString(), lastUpdateDateTimeUtc: new Date(Math.min(action.doneAt, now)).toISOString(), relatedFileInfo: null,
});

const statusOf = ({ createdAt, doneAt }: MachineAction, now: number): string => {
  if (now >= doneAt) return 'Succeeded';
  return now - createdAt < (doneAt - createdAt) / 2 ? 'Pending' : 'InProgress';
};
