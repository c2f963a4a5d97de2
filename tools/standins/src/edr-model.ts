import type { Vendor } from './server.js';

export interface Machine {
  id: string;
  name: string;
  unsupported: boolean;
  /** What really happened to it, in time order. */
  switches: { at: number; isolated: boolean }[];
}

export interface MachineAction {
  id: string;
  type: 'Isolate' | 'Unisolate';
  scope: string | null;
  comment: string;
  machine: Machine;
  createdAt: number;
  doneAt: number;
}

/** Accepted by the stand-in alone. */
export const EDR_SECRET = { clientId: 'vigie-standin', clientSecret: 'standin-only' };

const error = (status: number, code: string, message: string, headers?: Record<string, string>) => ({ status, body: { error: { code, message, target: '00000000-0000-0000-0000-000000000000' } }, headers });

/** The refusals every call can meet, as published under "common errors". */
export const forbidden: Pick<Vendor, 'unauthorized' | 'notFound' | 'rateLimited' | 'broken'> = {
  unauthorized: error(401, 'Unauthorized', 'Unauthorized (invalid or expired authorization header).'),
  notFound: error(404, 'NotFound', 'Not found.'),
  rateLimited: () => error(429, 'TooManyRequests', 'API calls quota exceeded.', { 'retry-after': '1' }),
  broken: error(500, 'InternalServerError', ''),
};
