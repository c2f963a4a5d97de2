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

/** One connection a second while not isolated, and one just now, so that a talking machine is always heard. */
export const connections = (
  machine: StandinMachine,
  since: number,
  now: number,
): { count: number; last: number | null } => {
  const silentFrom = machine.switches.filter(({ at }) => at <= now).at(-1);
  const last = silentFrom?.isolated ? silentFrom.at : Math.max(now, since + 1);
  const talkedMs = last - since;
  return talkedMs > 0 ? { count: Math.floor(talkedMs / 1_000) + 1, last } : { count: 0, last: null };
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
