import type { Api, Found, PollState, Submission, Target } from '../connector.js';
import { Unsupported, VendorRefused } from '../errors.js';
import { getMachineAction, isolate, listMachineActions, listMachines, runQuery, unisolate, type Machine, type MachineAction } from './endpoints.js';

/** What isolating and releasing share: the machine by its name, its latest actions, our mark in their comment, what it says on the network. */
export type Kind = 'Isolate' | 'Unisolate';

/** Throws VendorRefused if the vendor knows none or several of that name. */
export const machineOf = async (api: Api, { id: name }: Target, signal?: AbortSignal): Promise<Machine> => {
  // The name comes from events and goes into a query.
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$/.test(name)) throw new Unsupported(`"${name}" is not a host name`);
  const search = async (filter: string) => (await api.call(listMachines, { query: { $filter: filter }, signal })).value;
  const lowerCase = name.toLowerCase();
  const exact = await search(`computerDnsName eq '${lowerCase}'`);
  const found = exact.length > 0 || name.includes('.') ? exact : await search(`startswith(computerDnsName,'${lowerCase}.')`);
  const [machine] = found;
  if (!machine) throw new VendorRefused(404, 'NoSuchMachine', `no machine called ${name} is known`);
  if (found.length > 1) throw new VendorRefused(409, 'AmbiguousMachine', `${found.length} machines are called ${name}`);
  if (!/^[A-Za-z0-9-]{1,64}$/.test(machine.id)) throw new Unsupported('the machine id is not of the published form');
  return machine;
};

export const submit = async (api: Api, kind: Kind, target: Target, { idempotencyKey, signal }: { idempotencyKey: string; signal?: AbortSignal }): Promise<Submission> => {
  const { id } = await machineOf(api, target, signal);
  const Comment = `Vigie response action ${mark(idempotencyKey)}`;
  const action = kind === 'Isolate'
    ? await api.call(isolate, { at: { id }, body: { Comment, IsolationType: 'Full' }, signal })
    : await api.call(unisolate, { at: { id }, body: { Comment }, signal });
  return { vendorRef: action.id };
};

export const poll = async (api: Api, vendorRef: string, signal?: AbortSignal): Promise<PollState> =>
  stateOf(await api.call(getMachineAction, { at: { id: vendorRef }, signal }));

export const find = async (api: Api, kind: Kind, target: Target, idempotencyKey: string, signal?: AbortSignal): Promise<Found> => {
  const machine = await machineOf(api, target, signal);
  const actions = await switchesOf(api, machine, signal);
  const ours = actions.find(({ type, requestorComment }) => type === kind && requestorComment?.includes(mark(idempotencyKey)));
  if (ours) return { state: 'OURS', vendorRef: ours.id, evidence: `the vendor lists this action as ${ours.id}` };
  const current = inForce(actions);
  if (current?.type === kind) return { state: 'ALREADY', vendorRef: current.id, evidence: `${kind} by ${current.requestor ?? 'somebody else'} at ${completedAt(current)} is in force` };
  return { state: 'ABSENT', evidence: `the vendor lists no such action on ${machine.computerDnsName ?? machine.id}` };
};

/** The machine's isolations and releases, newest first. */
export const switchesOf = async (api: Api, machine: Machine, signal?: AbortSignal): Promise<MachineAction[]> => {
  const { value } = await api.call(listMachineActions, { query: { $filter: `machineId eq '${machine.id}'`, $top: '1000' }, signal });
  return value
    .filter(({ type, machineId }) => machineId === machine.id && (type === 'Isolate' || type === 'Unisolate'))
    .sort((a, b) => Date.parse(b.creationDateTimeUtc) - Date.parse(a.creationDateTimeUtc));
};

export const inForce = (actions: MachineAction[]): MachineAction | undefined => actions.find((action) => stateOf(action) === 'SUCCEEDED');

export const completedAt = ({ lastUpdateDateTimeUtc, creationDateTimeUtc }: MachineAction): string => lastUpdateDateTimeUtc ?? creationDateTimeUtc;

/** Connections the sensor saw succeed after `sinceMs`, without its own, which isolation leaves open. */
export const connectionsSince = async (api: Api, machine: Machine, sinceMs: number, signal?: AbortSignal): Promise<{ count: number; last: string }> => {
  const Query = [
    'DeviceNetworkEvents',
    `where DeviceId == '${machine.id}'`,
    `where Timestamp > datetime(${new Date(sinceMs).toISOString()})`,
    "where ActionType in ('ConnectionSuccess', 'InboundConnectionAccepted')",
    "where InitiatingProcessFileName !in~ ('mssense.exe', 'senseir.exe', 'sensendr.exe', 'msmpeng.exe', 'wdavdaemon')",
    'summarize Connections = count(), LastSeen = max(Timestamp)',
  ].join(' | ');
  const { Results: [row] } = await api.call(runQuery, { body: { Query }, signal });
  return { count: row?.Connections ?? 0, last: row?.LastSeen ?? '' };
};

const mark = (idempotencyKey: string): string => `[vigie:${idempotencyKey}]`;

const stateOf = ({ status }: MachineAction): PollState => {
  if (status === 'Pending' || status === 'InProgress') return 'PENDING';
  return status === 'Succeeded' ? 'SUCCEEDED' : 'FAILED';
};
