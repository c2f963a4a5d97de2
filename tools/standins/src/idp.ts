import { createHash, randomUUID } from 'node:crypto';
import { startStandin } from './server.js';
import type { StandinAnswer, StandinRequest, StandinRoute, Standin, StandinOptions } from './vendor.js';

/**
 * Stands in for Okta: users by id, login or short login, and `me` for whoever owns the token, suspend, unsuspend,
 * sessions, and the system log. A user keeps signing in until really suspended.
 */
export interface IdpOptions extends StandinOptions {
  /** Known from the start: logins, or more of them. */
  users?: (string | { login: string; email?: string; secondEmail?: string })[];
  /** Any login asked for exists; default true. */
  adopt?: boolean;
}

interface StandinUser {
  id: string;
  login: string;
  email: string;
  secondEmail: string | null;
  status: 'ACTIVE' | 'SUSPENDED';
  /** Epoch ms. */
  changedAt: number;
  /** Null while the user can still sign in, whatever the status says. */
  lockedOutAt: number | null;
  /** Has open sessions. */
  signedIn: boolean;
}

const IDP_SECRET = '00standin-only-token';
/** Who made the token. */
const OWNER = 'vigie-service@standin.example';

export const startIdpStandin = async ({
  users: known = [],
  adopt = true,
  ...options
}: IdpOptions = {}): Promise<Standin> => {
  const idp: Idp = { now: options.now ?? Date.now, adopt, users: new Map() };
  for (const one of [OWNER, ...known]) {
    const { login, ...more } = typeof one === 'string' ? { login: one } : one;
    adoptUser(idp, login, more);
  }
  const routes: StandinRoute[] = [
    {
      method: 'GET',
      path: '/api/v1/users/{id}',
      answer: forUser(idp, (user) => ({ status: 200, body: userBody(user) })),
    },
    { method: 'POST', path: '/api/v1/users/{id}/lifecycle/suspend', acts: true, answer: suspend(idp) },
    { method: 'POST', path: '/api/v1/users/{id}/lifecycle/unsuspend', acts: true, answer: unsuspend(idp) },
    { method: 'DELETE', path: '/api/v1/users/{id}/sessions', acts: true, answer: revokeSessions(idp) },
    { method: 'GET', path: '/api/v1/logs', answer: logs(idp) },
  ];
  return startStandin(
    {
      routes,
      secret: IDP_SECRET,
      admits: (authorization) => authorization === `SSWS ${IDP_SECRET}`,
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
      state: () => ({
        users: [...idp.users.values()].map(({ login, status, lockedOutAt, signedIn }) => ({
          login,
          status,
          lockedOut: lockedOutAt !== null,
          signedIn,
        })),
      }),
    },
    options,
  );
};

interface Idp {
  now: () => number;
  adopt: boolean;
  users: Map<string, StandinUser>;
}

const adoptUser = (
  idp: Idp,
  login: string,
  { email = login, secondEmail = null }: { email?: string; secondEmail?: string | null } = {},
): StandinUser => {
  const digest = createHash('sha256').update(login).digest('hex');
  const user: StandinUser = {
    id: `00u${BigInt(`0x${digest}`).toString(36).slice(0, 17)}`,
    login,
    email,
    secondEmail,
    status: 'ACTIVE',
    changedAt: idp.now(),
    lockedOutAt: null,
    signedIn: true,
  };
  idp.users.set(user.id, user);
  return user;
};

const userOf = (idp: Idp, { at: { id = '' } }: StandinRequest): StandinUser | undefined => {
  const name = id === 'me' ? OWNER : id.toLowerCase();
  const found =
    idp.users.get(id) ??
    [...idp.users.values()].find(
      ({ login }) => login.toLowerCase() === name || login.toLowerCase().split('@')[0] === name,
    );
  return found ?? (idp.adopt && !/^00u\w{17}$/.test(id) ? adoptUser(idp, id) : undefined);
};

const forUser =
  (idp: Idp, answer: (user: StandinUser, asked: StandinRequest) => StandinAnswer) =>
  (asked: StandinRequest): StandinAnswer => {
    const user = userOf(idp, asked);
    return user
      ? answer(user, asked)
      : refused(404, 'E0000007', `Not found: Resource not found: ${asked.at.id} (User)`);
  };

const suspend = (idp: Idp) =>
  forUser(idp, (user, { lie, effect }) => {
    if (user.status !== 'ACTIVE')
      return refused(400, 'E0000001', 'Api validation failed: Cannot suspend a user that is not active');
    Object.assign(user, { status: 'SUSPENDED', changedAt: idp.now(), lockedOutAt: lie ? null : idp.now() });
    if (!lie) effect(`suspend ${user.login}`);
    return { status: 200, body: {} };
  });

const unsuspend = (idp: Idp) =>
  forUser(idp, (user, { lie, effect }) => {
    if (user.status !== 'SUSPENDED')
      return refused(400, 'E0000001', 'Api validation failed: Cannot unsuspend a user that is not suspended');
    if (lie) return { status: 200, body: {} };
    Object.assign(user, { status: 'ACTIVE', changedAt: idp.now(), lockedOutAt: null, signedIn: true });
    effect(`unsuspend ${user.login}`);
    return { status: 200, body: {} };
  });

const revokeSessions = (idp: Idp) =>
  forUser(idp, (user, { lie, effect }) => {
    if (!lie && user.signedIn) {
      user.signedIn = false;
      effect(`end sessions of ${user.login}`);
    }
    return { status: 204 };
  });

const logs =
  (idp: Idp) =>
  ({ query }: StandinRequest): StandinAnswer => {
    const [, id] = /actor\.id eq "([^"]*)"/.exec(query.get('filter') ?? '') ?? [];
    const user = idp.users.get(id ?? '');
    const since = Date.parse(query.get('since') ?? '');
    if (!user || Number.isNaN(since)) return refused(400, 'E0000031', 'Invalid search criteria.');
    const at = user.lockedOutAt ?? Math.max(idp.now(), since);
    return { status: 200, body: at >= since ? [signIn(user, at)] : [] };
  };

const refused = (status: number, errorCode: string, errorSummary: string): StandinAnswer => ({
  status,
  body: { errorCode, errorSummary, errorLink: errorCode, errorId: `oae${randomUUID()}`, errorCauses: [] },
});

const userBody = ({ id, login, email, secondEmail, status, changedAt }: StandinUser): Record<string, unknown> => ({
  id,
  status,
  created: '2026-01-05T08:00:00.000Z',
  activated: '2026-01-05T08:00:00.000Z',
  statusChanged: new Date(changedAt).toISOString(),
  lastLogin: null,
  lastUpdated: new Date(changedAt).toISOString(),
  passwordChanged: '2026-01-05T08:00:00.000Z',
  type: { id: 'otystandin' },
  profile: { firstName: login.split('@')[0], lastName: 'Standin', mobilePhone: null, email, secondEmail, login },
});

const signIn = ({ id, login }: StandinUser, at: number): Record<string, unknown> => ({
  uuid: randomUUID(),
  published: new Date(at).toISOString(),
  eventType: 'user.session.start',
  version: '0',
  severity: 'INFO',
  displayMessage: 'User login to Okta',
  actor: { id, type: 'User', alternateId: login, displayName: login },
  outcome: { result: 'SUCCESS', reason: null },
  target: [],
});
