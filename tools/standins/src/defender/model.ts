import type { StandinVendor } from '../vendor.js';

export interface StandinMachine {
  id: string;
  name: string;
  /** Of its network cards; the first is the last it was seen with. */
  addresses: string[];
  aadDeviceId: string | null;
  unsupported: boolean;
  /** What really happened to it, in time order. */
  switches: { at: number; isolated: boolean }[];
}

export interface StandinMachineAction {
  id: string;
  type: 'Isolate' | 'Unisolate';
  scope: string | null;
  comment: string;
  machine: StandinMachine;
  createdAt: number;
  doneAt: number;
}

/** All it knows. */
export interface DefenderStandin {
  now: () => number;
  adopt: boolean;
  completeAfterMs: number;
  unsupported: string[];
  machines: Map<string, StandinMachine>;
  actions: StandinMachineAction[];
  /** As they come in the Authorization header. */
  tokens: Set<string>;
}

/** Accepted by the stand-in alone. */
export const DEFENDER_SECRET = { clientId: 'vigie-standin', clientSecret: 'standin-only' };

const error = (status: number, code: string, message: string, headers?: Record<string, string>) => ({
  status,
  body: { error: { code, message, target: '00000000-0000-0000-0000-000000000000' } },
  headers,
});

/** The refusals every call can meet, as published under "common errors". */
export const commonRefusals: Pick<StandinVendor, 'unauthorized' | 'notFound' | 'rateLimited' | 'broken'> = {
  unauthorized: error(401, 'Unauthorized', 'Unauthorized (invalid or expired authorization header).'),
  notFound: error(404, 'NotFound', 'Not found.'),
  rateLimited: () => error(429, 'TooManyRequests', 'API calls quota exceeded.', { 'retry-after': '1' }),
  broken: error(500, 'InternalServerError', ''),
};

export const isIsolated = ({ switches }: StandinMachine, at: number): boolean =>
  switches.filter((one) => one.at <= at).at(-1)?.isolated ?? false;

/** What a machine does within a time: connections that succeed, and such as are refused. */
export interface MachineActivity {
  done: { count: number; last: number | null };
  refused: { count: number; last: number | null };
}

/** One connection a second, which is refused while it is isolated, and one just at the end. */
export const activityOf = (
  { switches }: Pick<StandinMachine, 'switches'>,
  since: number,
  until: number,
): MachineActivity => {
  const activity: MachineActivity = { done: { count: 0, last: null }, refused: { count: 0, last: null } };
  const turns = [{ at: since, isolated: false }, ...switches, { at: until, isolated: false }];
  turns.forEach(({ at, isolated }, index) => {
    const from = Math.max(at, since);
    const to = Math.min(turns[index + 1]?.at ?? until, until);
    if (to <= from) return;
    const one = isolated ? activity.refused : activity.done;
    one.count += Math.floor((to - from) / 1_000) + 1;
    one.last = to;
  });
  return activity;
};

export const machineBody =
  (now: number) =>
  (machine: StandinMachine): Record<string, unknown> => ({
    id: machine.id,
    computerDnsName: machine.name,
    firstSeen: '2026-01-05T08:00:00.0000000Z',
    lastSeen: new Date(now).toISOString(),
    osPlatform: machine.unsupported ? 'WindowsServer2008' : 'Windows11',
    version: '23H2',
    osBuild: 22631,
    lastIpAddress: machine.addresses[0] ?? null,
    lastExternalIpAddress: '203.0.113.7',
    healthStatus: 'Active',
    onboardingStatus: 'Onboarded',
    rbacGroupName: 'all',
    riskScore: 'High',
    exposureLevel: 'Medium',
    aadDeviceId: machine.aadDeviceId,
    machineTags: [],
    ipAddresses: machine.addresses.map((ipAddress) => ({
      ipAddress,
      macAddress: '0A5E00000001',
      type: 'Ethernet',
      operationalStatus: 'Up',
    })),
    osArchitecture: '64-bit',
  });

export const actionBody = (action: StandinMachineAction, now: number): Record<string, unknown> => ({
  id: action.id,
  type: action.type,
  scope: action.scope,
  requestor: DEFENDER_SECRET.clientId,
  requestorComment: action.comment,
  status: statusOf(action, now),
  machineId: action.machine.id,
  computerDnsName: action.machine.name,
  creationDateTimeUtc: new Date(action.createdAt).toISOString(),
  lastUpdateDateTimeUtc: new Date(Math.min(action.doneAt, now)).toISOString(),
  relatedFileInfo: null,
});

const statusOf = ({ createdAt, doneAt }: StandinMachineAction, now: number): string => {
  if (now >= doneAt) return 'Succeeded';
  return now - createdAt < (doneAt - createdAt) / 2 ? 'Pending' : 'InProgress';
};
