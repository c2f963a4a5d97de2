import { startStandin } from '../server.js';
import type { Standin, StandinOptions, StandinOfVendor, StandinRoute } from '../vendor.js';
import { commonRefusals, getUser, logs, revokeSessions, suspend, unsuspend } from './answers.js';
import { adoptUser, OKTA_SECRET, OWNER, settledUsers, type OktaStandin } from './users.js';

/**
 * Stands in for Okta: users by id, login or short login, and `me` for whoever owns the token, suspend, unsuspend,
 * sessions, and the system log. A user keeps signing in until really suspended,
 * and is refused from then on.
 */
export interface OktaStandinOptions extends StandinOptions {
  /** Known from the start: logins, or more of them. */
  users?: (string | { login: string; email?: string; secondEmail?: string })[];
  /** Any login asked for exists; default true. */
  adopt?: boolean;
}

export const startOktaStandin = async ({
  users: known = [],
  adopt = true,
  ...options
}: OktaStandinOptions = {}): Promise<Standin> => {
  const idp: OktaStandin = { now: options.now ?? Date.now, adopt, users: new Map() };
  for (const one of [OWNER, ...known]) {
    const { login, ...more } = typeof one === 'string' ? { login: one } : one;
    adoptUser(idp, login, more);
  }
  const routes: StandinRoute[] = [
    { method: 'GET', path: '/api/v1/users/{id}', answer: getUser(idp) },
    { method: 'POST', path: '/api/v1/users/{id}/lifecycle/suspend', acts: true, answer: suspend(idp) },
    { method: 'POST', path: '/api/v1/users/{id}/lifecycle/unsuspend', acts: true, answer: unsuspend(idp) },
    { method: 'DELETE', path: '/api/v1/users/{id}/sessions', acts: true, answer: revokeSessions(idp) },
    { method: 'GET', path: '/api/v1/logs', answer: logs(idp) },
  ];
  return startStandin(
    {
      ...commonRefusals(idp),
      routes,
      secret: OKTA_SECRET,
      admits: (authorization) => authorization === `SSWS ${OKTA_SECRET}`,
      state: () => ({
        users: settledUsers(idp).map(({ login, status, lockedOutAt, signedIn }) => ({
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

export const okta: StandinOfVendor = { vendor: 'okta', secret: OKTA_SECRET, start: startOktaStandin };
