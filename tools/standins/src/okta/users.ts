import { createHash, randomUUID } from 'node:crypto';
import type { StandinRequest } from '../vendor.js';

export interface StandinUser {
  id: string;
  login: string;
  email: string;
  secondEmail: string | null;
  status: 'ACTIVE' | 'SUSPENDED';
  /** Epoch ms. */
  changedAt: number;
  /** Null while the user can still sign in, whatever the status says. */
  lockedOutAt: number | null;
  /** Who said so when it was suspended last, if ever. */
  suspendedAs: string | null;
  /** When an unsuspension that was begun is done; null while none is. */
  activeAt: number | null;
  /** Has open sessions. */
  signedIn: boolean;
}

/** Accepted by the stand-in alone. */
export const OKTA_SECRET = '00standin-only-token';
/** Who made the token. */
export const OWNER = 'vigie-service@standin.example';

/** All it knows. */
export interface OktaStandin {
  now: () => number;
  adopt: boolean;
  users: Map<string, StandinUser>;
}

export const adoptUser = (
  idp: OktaStandin,
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
    suspendedAs: null,
    activeAt: null,
    signedIn: true,
  };
  idp.users.set(user.id, user);
  return user;
};

/** Open sessions and sign-ins come back with the status. */
export const activate = (user: StandinUser, at: number): void => {
  Object.assign(user, { status: 'ACTIVE', changedAt: at, lockedOutAt: null, activeAt: null, signedIn: true });
};

/** All of them; what was begun is done once its time has come. */
export const settledUsers = ({ users, now }: OktaStandin): StandinUser[] => {
  for (const user of users.values())
    if (user.activeAt !== null && user.activeAt <= now()) activate(user, user.activeAt);
  return [...users.values()];
};

export const userOf = (idp: OktaStandin, { at: { id = '' } }: StandinRequest): StandinUser | undefined => {
  const all = settledUsers(idp);
  const name = id === 'me' ? OWNER : id.toLowerCase();
  const found =
    idp.users.get(id) ??
    all.find(({ login }) => login.toLowerCase() === name || login.toLowerCase().split('@')[0] === name);
  return found ?? (idp.adopt && !/^00u\w{17}$/.test(id) ? adoptUser(idp, id) : undefined);
};

export const userBody = ({
  id,
  login,
  email,
  secondEmail,
  status,
  changedAt,
  activeAt,
}: StandinUser): Record<string, unknown> => ({
  id,
  status,
  created: '2026-01-05T08:00:00.000Z',
  activated: '2026-01-05T08:00:00.000Z',
  statusChanged: new Date(changedAt).toISOString(),
  transitioningToStatus: activeAt === null ? null : 'ACTIVE',
  lastLogin: null,
  lastUpdated: new Date(changedAt).toISOString(),
  passwordChanged: '2026-01-05T08:00:00.000Z',
  type: { id: 'otystandin' },
  profile: { firstName: login.split('@')[0], lastName: 'Standin', mobilePhone: null, email, secondEmail, login },
});

/** Any other user of the organisation. */
export const SOMEBODY = { id: '00usomebody', login: 'somebody@standin.example' };

export const signIn = (
  { id, login }: Pick<StandinUser, 'id' | 'login'>,
  at: number,
  result: string,
): Record<string, unknown> => ({
  uuid: randomUUID(),
  published: new Date(at).toISOString(),
  eventType: 'user.session.start',
  version: '0',
  severity: result === 'SUCCESS' ? 'INFO' : 'WARN',
  displayMessage: 'User login to Okta',
  actor: { id, type: 'User', alternateId: login, displayName: login },
  outcome: { result, reason: result === 'SUCCESS' ? null : 'LOGIN_DENIED' },
  target: [],
});

export const suspension = ({ id, login, changedAt, suspendedAs }: StandinUser): Record<string, unknown> => ({
  uuid: randomUUID(),
  published: new Date(changedAt).toISOString(),
  eventType: 'user.lifecycle.suspend',
  version: '0',
  severity: 'INFO',
  displayMessage: 'Suspend Okta user',
  actor: { id: '00uowner', type: 'User', alternateId: OWNER, displayName: OWNER },
  client: { userAgent: { rawUserAgent: suspendedAs || null } },
  outcome: { result: 'SUCCESS', reason: null },
  target: [{ id, type: 'User', alternateId: login, displayName: login }],
});
