import type { VendorApi, FoundEffect, PollState, Submission, IdentifiedTarget } from '../connector.js';
import { Unsupported } from '../../session/errors.js';
import { getMachineAction, isolate, listMachineActions, unisolate, type DefenderMachineAction } from './endpoints.js';

/** What isolating and releasing share: the machine's latest actions, our mark in their comment. */
export type IsolationKind = 'Isolate' | 'Unisolate';

/** The id goes into queries. */
export const machineIdOf = ({ vendorId, name }: IdentifiedTarget): string => {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(vendorId))
    throw new Unsupported(`the machine id of ${name} is not of the published form`);
  return vendorId;
};

export const submit = async (
  api: VendorApi,
  kind: IsolationKind,
  who: IdentifiedTarget,
  { idempotencyKey, signal }: { idempotencyKey: string; signal?: AbortSignal },
): Promise<Submission> => {
  const id = machineIdOf(who);
  const Comment = `Vigie response action ${mark(idempotencyKey)}`;
  const action =
    kind === 'Isolate'
      ? await api.call(isolate, { at: { id }, body: { Comment, IsolationType: 'Full' }, signal })
      : await api.call(unisolate, { at: { id }, body: { Comment }, signal });
  return { vendorRef: action.id };
};

export const poll = async (api: VendorApi, vendorRef: string, signal?: AbortSignal): Promise<PollState> =>
  stateOf(await api.call(getMachineAction, { at: { id: vendorRef }, signal }));

export const find = async (
  api: VendorApi,
  kind: IsolationKind,
  who: IdentifiedTarget,
  idempotencyKey: string,
  signal?: AbortSignal,
): Promise<FoundEffect> => {
  const actions = await switchesOf(api, who, signal);
  const ours = actions.find(
    ({ type, requestorComment }) => type === kind && requestorComment?.includes(mark(idempotencyKey)),
  );
  if (ours) return { state: 'OURS', vendorRef: ours.id, evidence: `the vendor lists this action as ${ours.id}` };
  const turning = underWay(actions, who);
  if (turning) return { state: 'TURNING', evidence: turning };
  const current = inForce(actions);
  if (current?.type === kind)
    return {
      state: 'ALREADY',
      vendorRef: current.id,
      evidence: `${kind} by ${current.requestor ?? 'somebody else'} at ${completedAt(current)} is in force`,
    };
  return { state: 'ABSENT', evidence: `the vendor lists no such action on ${who.name}` };
};

/** Since ours somebody may have released the machine and isolated it anew, or be about to. */
export const foreignIsolation = async (
  api: VendorApi,
  who: IdentifiedTarget,
  idempotencyKey: string,
  signal?: AbortSignal,
): Promise<string | undefined> => {
  const current = (await switchesOf(api, who, signal)).find((action) => stateOf(action) !== 'FAILED');
  if (current?.type !== 'Isolate' || current.requestorComment?.includes(mark(idempotencyKey))) return undefined;
  const since = isPending(current) ? 'under way' : 'in force';
  return `the isolation ${since} since ${completedAt(current)} is by ${current.requestor ?? 'somebody else'}`;
};

/** The machine's isolations and releases, newest first. */
export const switchesOf = async (
  api: VendorApi,
  who: IdentifiedTarget,
  signal?: AbortSignal,
): Promise<DefenderMachineAction[]> => {
  const id = machineIdOf(who);
  const { value } = await api.call(listMachineActions, {
    query: { $filter: `machineId eq '${id}'`, $top: '1000' },
    signal,
  });
  return value
    .filter(({ type, machineId }) => machineId === id && (type === 'Isolate' || type === 'Unisolate'))
    .sort((a, b) => Date.parse(b.creationDateTimeUtc) - Date.parse(a.creationDateTimeUtc));
};

export const inForce = (actions: DefenderMachineAction[]): DefenderMachineAction | undefined =>
  actions.find((action) => stateOf(action) === 'SUCCEEDED');

const isPending = (action: DefenderMachineAction): boolean => stateOf(action) === 'PENDING';

/** The newest switch while the vendor has not finished it, in words: what is in force until then is not for good. */
export const underWay = ([newest]: DefenderMachineAction[], { name }: IdentifiedTarget): string | undefined => {
  if (!newest || !isPending(newest)) return undefined;
  const what = newest.type === 'Isolate' ? 'isolation' : 'release';
  return `the vendor has not finished the ${what} of ${name} of ${newest.creationDateTimeUtc}`;
};

export const completedAt = ({ lastUpdateDateTimeUtc, creationDateTimeUtc }: DefenderMachineAction): string =>
  lastUpdateDateTimeUtc ?? creationDateTimeUtc;

const mark = (idempotencyKey: string): string => `[vigie:${idempotencyKey}]`;

/** Events carry the vendor's clock, so its own time of completion is the better start. Epoch ms. */
export const completedAtMs = (action: DefenderMachineAction, fallback: number): number => {
  const at = Date.parse(completedAt(action));
  return Number.isNaN(at) ? fallback : at;
};

const stateOf = ({ status }: DefenderMachineAction): PollState => {
  if (status === 'Pending' || status === 'InProgress') return 'PENDING';
  return status === 'Succeeded' ? 'SUCCEEDED' : 'FAILED';
};
