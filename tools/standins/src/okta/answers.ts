import { randomUUID } from 'node:crypto';
import type { StandinAnswer, StandinRequest, StandinVendor } from '../vendor.js';
import { signIn, userBody, userOf, type OktaStandin, type StandinUser } from './users.js';

const forUser =
  (idp: OktaStandin, answer: (user: StandinUser, asked: StandinRequest) => StandinAnswer) =>
  (asked: StandinRequest): StandinAnswer => {
    const user = userOf(idp, asked);
    return user
      ? answer(user, asked)
      : refused(404, 'E0000007', `Not found: Resource not found: ${asked.at.id} (User)`);
  };

export const getUser = (idp: OktaStandin) => forUser(idp, (user) => ({ status: 200, body: userBody(user) }));

export const suspend = (idp: OktaStandin) =>
  forUser(idp, (user, { lie, effect }) => {
    if (user.status !== 'ACTIVE')
      return refused(400, 'E0000001', 'Api validation failed: Cannot suspend a user that is not active');
    Object.assign(user, { status: 'SUSPENDED', changedAt: idp.now(), lockedOutAt: lie ? null : idp.now() });
    if (!lie) effect(`suspend ${user.login}`);
    return { status: 200, body: {} };
  });

export const unsuspend = (idp: OktaStandin) =>
  forUser(idp, (user, { lie, effect }) => {
    if (user.status !== 'SUSPENDED')
      return refused(400, 'E0000001', 'Api validation failed: Cannot unsuspend a user that is not suspended');
    if (lie) return { status: 200, body: {} };
    Object.assign(user, { status: 'ACTIVE', changedAt: idp.now(), lockedOutAt: null, signedIn: true });
    effect(`unsuspend ${user.login}`);
    return { status: 200, body: {} };
  });

export const revokeSessions = (idp: OktaStandin) =>
  forUser(idp, (user, { lie, effect }) => {
    if (!lie && user.signedIn) {
      user.signedIn = false;
      effect(`end sessions of ${user.login}`);
    }
    return { status: 204 };
  });

export const logs =
  (idp: OktaStandin) =>
  ({ query, mute }: StandinRequest): StandinAnswer => {
    const [, id] = /actor\.id eq "([^"]*)"/.exec(query.get('filter') ?? '') ?? [];
    const user = idp.users.get(id ?? '');
    const since = Date.parse(query.get('since') ?? '');
    if (!user || Number.isNaN(since)) return refused(400, 'E0000031', 'Invalid search criteria.');
    const at = user.lockedOutAt ?? Math.max(idp.now(), since);
    return { status: 200, body: at >= since && !mute ? [signIn(user, at)] : [] };
  };

const refused = (status: number, errorCode: string, errorSummary: string): StandinAnswer => ({
  status,
  body: { errorCode, errorSummary, errorLink: errorCode, errorId: `oae${randomUUID()}`, errorCauses: [] },
});

/** The refusals every call can meet, in Okta's own form. */
export const commonRefusals = (
  idp: OktaStandin,
): Pick<StandinVendor, 'unauthorized' | 'notFound' | 'rateLimited' | 'broken'> => ({
  unauthorized: refused(401, 'E0000011', 'Invalid token provided'),
  notFound: refused(404, 'E0000022', 'The endpoint does not support the provided HTTP method'),
  rateLimited: () => ({
    ...refused(429, 'E0000047', 'API call exceeded rate limit due to too many requests.'),
    headers: {
      'x-rate-limit-limit': '600',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': String(Math.ceil(idp.now() / 1_000) + 1),
    },
  }),
  broken: refused(500, 'E0000009', 'Internal Server Error'),
});
