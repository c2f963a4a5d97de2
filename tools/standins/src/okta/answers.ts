import { randomUUID } from 'node:crypto';
import type { StandinAnswer, StandinRequest, StandinVendor } from '../vendor.js';
import {
  activate,
  settledUsers,
  signIn,
  SOMEBODY,
  suspension,
  userBody,
  userOf,
  type OktaStandin,
  type StandinUser,
} from './users.js';

const forUser =
  (idp: OktaStandin, answer: (user: StandinUser, asked: StandinRequest) => StandinAnswer) =>
  (asked: StandinRequest): StandinAnswer => {
    const user = userOf(idp, asked);
    return user
      ? answer(user, asked)
      : refused(404, 'E0000007', `Not found: Resource not found: ${asked.at.id} (User)`);
  };

export const getUser = (idp: OktaStandin) =>
  forUser(idp, (user, { mode }) => ({
    status: 200,
    body: userBody(mode === 'misread' ? { ...user, status: 'ACTIVE' } : user),
  }));

export const suspend = (idp: OktaStandin) =>
  forUser(idp, (user, { mode, byMs, userAgent, effect }) => {
    if (user.status !== 'ACTIVE')
      return refused(400, 'E0000001', 'Api validation failed: Cannot suspend a user that is not active');
    const lockedOutAt = idp.now() + (mode === 'late' ? byMs : 0);
    Object.assign(user, {
      status: 'SUSPENDED',
      suspendedAs: userAgent,
      changedAt: idp.now(),
      lockedOutAt: mode === 'lie' ? null : lockedOutAt,
    });
    if (mode !== 'lie') effect(`suspend ${user.login}`);
    return { status: 200, body: {} };
  });

export const unsuspend = (idp: OktaStandin) =>
  forUser(idp, (user, { mode, byMs, effect }) => {
    if (user.status !== 'SUSPENDED')
      return refused(400, 'E0000001', 'Api validation failed: Cannot unsuspend a user that is not suspended');
    if (mode === 'lie') return { status: 200, body: {} };
    if (mode === 'linger') user.activeAt = idp.now() + byMs;
    else activate(user, idp.now());
    effect(`unsuspend ${user.login}`);
    return { status: 200, body: {} };
  });

export const revokeSessions = (idp: OktaStandin) =>
  forUser(idp, (user, { mode, effect }) => {
    if (mode !== 'lie' && user.signedIn) {
      user.signedIn = false;
      effect(`end sessions of ${user.login}`);
    }
    return { status: 204 };
  });

/** Events of a log that are shown at most: the newest. */
const MOST = 100;

/** One event a second from `from` to `until`, the newest first, and one just at the end. */
const everySecond = (from: number, until: number): number[] =>
  until < from
    ? []
    : Array.from(
        { length: Math.min(MOST, Math.floor((until - from) / 1_000) + 1) },
        (_, index) => until - index * 1_000,
      );

const suspensionsOf = (user: StandinUser, since: number, until: number): unknown[] =>
  user.suspendedAs !== null && user.status === 'SUSPENDED' && user.changedAt >= since && user.changedAt <= until
    ? [suspension(user)]
    : [];

/** Whose sign-ins, with which result, or whose suspension a filter asks for. */
const askedIn = (idp: OktaStandin, filter: string) => {
  const [, id = '', result = ''] = /actor\.id eq "([^"]*)" and outcome\.result eq "([^"]*)"/.exec(filter) ?? [];
  const [, suspended = ''] = /^eventType eq "user\.lifecycle\.suspend" and target\.id eq "([^"]*)"$/.exec(filter) ?? [];
  return { user: idp.users.get(id), target: idp.users.get(suspended), result };
};

/** `triesUntil`: how long it tries what is refused. */
const signInsOf = (
  user: StandinUser,
  result: string,
  { since, until, triesUntil }: { since: number; until: number; triesUntil: number },
): unknown[] => {
  const lockedOutAt = user.lockedOutAt ?? Infinity;
  const times =
    result === 'SUCCESS'
      ? everySecond(since, Math.min(until, lockedOutAt))
      : everySecond(Math.max(since, lockedOutAt), triesUntil);
  return times.map((at) => signIn(user, at, result));
};

/**
 * The log: of a user, by the result asked for, a sign-in a second, which is refused once it is locked out; without a
 * filter, what everybody else does.
 */
export const logs =
  (idp: OktaStandin) =>
  ({ query, mode, byMs }: StandinRequest): StandinAnswer => {
    settledUsers(idp);
    const filter = query.get('filter') ?? '';
    const { user, target, result } = askedIn(idp, filter);
    const since = Date.parse(query.get('since') ?? '');
    if (Number.isNaN(since) || (filter && !user && !target))
      return refused(400, 'E0000031', 'Invalid search criteria.');
    const until = mode === 'behind' ? idp.now() - byMs : Math.max(idp.now(), since);
    if (mode === 'mute') return { status: 200, body: [] };
    if (target) return { status: 200, body: suspensionsOf(target, since, until) };
    if (!user) return { status: 200, body: everySecond(since, until).map((at) => signIn(SOMEBODY, at, 'SUCCESS')) };
    return {
      status: 200,
      body: signInsOf(user, result, { since, until, triesUntil: mode === 'quiet' ? -1 : until }),
    };
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
