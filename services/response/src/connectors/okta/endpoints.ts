import { z } from 'zod';
import type { VendorEndpoint } from '../connector.js';

/** The calls used, as published under developer.okta.com/docs/api: users, user lifecycle, user sessions, system log. */
const USER = [
  'id',
  'status',
  'created',
  'activated',
  'statusChanged',
  'lastLogin',
  'lastUpdated',
  'passwordChanged',
  'transitioningToStatus',
  'type',
  'realmId',
  'profile',
  'credentials',
  '_links',
  '_embedded',
];
const LOG_EVENT = [
  'uuid',
  'published',
  'eventType',
  'version',
  'severity',
  'legacyEventType',
  'displayMessage',
  'actor',
  'client',
  'device',
  'outcome',
  'target',
  'transaction',
  'debugContext',
  'authenticationContext',
  'securityContext',
  'request',
];

const user = z.object({
  id: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
  status: z.string(),
  statusChanged: z.string().nullish(),
  transitioningToStatus: z.string().nullish(),
  profile: z.object({ login: z.string().min(1), email: z.string().nullish(), secondEmail: z.string().nullish() }),
});
const logEvent = z.object({
  published: z.string(),
  eventType: z.string(),
  actor: z.object({ id: z.string().nullish(), alternateId: z.string().nullish() }).nullish(),
  client: z.object({ userAgent: z.object({ rawUserAgent: z.string().nullish() }).nullish() }).nullish(),
});
export type OktaUser = z.infer<typeof user>;
export type OktaLogEvent = z.infer<typeof logEvent>;

const published = <Answer>(endpoint: VendorEndpoint<Answer>): VendorEndpoint<Answer> => endpoint;

export const getUser = published({
  method: 'GET',
  path: '/api/v1/users/{id}',
  acts: false,
  answer: user,
  published: USER,
});
export const suspend = published({
  method: 'POST',
  path: '/api/v1/users/{id}/lifecycle/suspend',
  acts: true,
  answer: z.looseObject({}).nullable(),
  published: [],
});
export const unsuspend = published({
  method: 'POST',
  path: '/api/v1/users/{id}/lifecycle/unsuspend',
  acts: true,
  answer: z.looseObject({}).nullable(),
  published: [],
});
export const revokeSessions = published({
  method: 'DELETE',
  path: '/api/v1/users/{id}/sessions',
  acts: true,
  answer: z.looseObject({}).nullable(),
  published: [],
});
export const listLogEvents = published({
  method: 'GET',
  path: '/api/v1/logs',
  acts: false,
  answer: z.array(logEvent),
  published: LOG_EVENT,
});

export const endpoints: readonly VendorEndpoint[] = [getUser, suspend, unsuspend, revokeSessions, listLogEvents];
