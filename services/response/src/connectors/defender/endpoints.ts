import { z } from 'zod';
import type { VendorEndpoint } from '../connector.js';

/**
 * The calls used, as published under learn.microsoft.com/defender-endpoint/api: machine, machineAction, advanced
 * hunting.
 */
const MACHINE = [
  'id',
  'computerDnsName',
  'firstSeen',
  'lastSeen',
  'osPlatform',
  'onboardingStatus',
  'osProcessor',
  'version',
  'osBuild',
  'lastIpAddress',
  'lastExternalIpAddress',
  'healthStatus',
  'rbacGroupName',
  'rbacGroupId',
  'riskScore',
  'aadDeviceId',
  'machineTags',
  'exposureLevel',
  'deviceValue',
  'ipAddresses',
  'osArchitecture',
];
const MACHINE_ACTION = [
  'id',
  'type',
  'scope',
  'requestor',
  'externalId',
  'requestSource',
  'commands',
  'cancellationRequestor',
  'requestorComment',
  'cancellationComment',
  'status',
  'machineId',
  'computerDnsName',
  'creationDateTimeUtc',
  'cancellationDateTimeUtc',
  'lastUpdateDateTimeUtc',
  'title',
  'relatedFileInfo',
];

const machine = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  computerDnsName: z.string().nullish(),
  aadDeviceId: z.string().nullish(),
  lastIpAddress: z.string().nullish(),
  ipAddresses: z.array(z.object({ ipAddress: z.string().nullish() })).nullish(),
});
const machineAction = z.object({
  id: z.string().min(1),
  type: z.string(),
  status: z.string(),
  machineId: z.string(),
  requestor: z.string().nullish(),
  requestorComment: z.string().nullish(),
  creationDateTimeUtc: z.string(),
  lastUpdateDateTimeUtc: z.string().nullish(),
});
export type DefenderMachine = z.infer<typeof machine>;
export type DefenderMachineAction = z.infer<typeof machineAction>;

const published = <Answer>(endpoint: VendorEndpoint<Answer>): VendorEndpoint<Answer> => endpoint;

export const listMachines = published({
  method: 'GET',
  path: '/api/machines',
  acts: false,
  answer: z.object({ value: z.array(machine) }),
  published: MACHINE,
});
export const getMachine = published({
  method: 'GET',
  path: '/api/machines/{id}',
  acts: false,
  answer: machine,
  published: MACHINE,
});
export const isolate = published({
  method: 'POST',
  path: '/api/machines/{id}/isolate',
  acts: true,
  answer: machineAction,
  published: MACHINE_ACTION,
});
export const unisolate = published({
  method: 'POST',
  path: '/api/machines/{id}/unisolate',
  acts: true,
  answer: machineAction,
  published: MACHINE_ACTION,
});
export const getMachineAction = published({
  method: 'GET',
  path: '/api/machineactions/{id}',
  acts: false,
  answer: machineAction,
  published: MACHINE_ACTION,
});
export const listMachineActions = published({
  method: 'GET',
  path: '/api/machineactions',
  acts: false,
  answer: z.object({ value: z.array(machineAction) }),
  published: MACHINE_ACTION,
});
export const runQuery = published({
  method: 'POST',
  path: '/api/advancedqueries/run',
  acts: false,
  answer: z.object({
    Results: z.array(
      z.object({
        Count: z.coerce.number(),
        LastSeen: z.string().nullish(),
        Refused: z.coerce.number().default(0),
        LastRefused: z.string().nullish(),
      }),
    ),
  }),
  published: ['Stats', 'Schema', 'Results'],
});

export const endpoints: readonly VendorEndpoint[] = [
  listMachines,
  getMachine,
  isolate,
  unisolate,
  getMachineAction,
  listMachineActions,
  runQuery,
];
