import { DAY_MS } from '#libs/terms';
import type { VendorApi } from '../connector.js';
import { listLogEvents, type OktaLogEvent, type OktaUser } from './endpoints.js';

const MOST = '1000';
/** So long the log is kept. */
const KEPT_MS = 90 * DAY_MS;

/** Events of the system log after `sinceMs`, the newest first. */
export const listed = (
  api: VendorApi,
  sinceMs: number,
  filter: string | undefined,
  signal?: AbortSignal,
): Promise<OktaLogEvent[]> =>
  api.call(listLogEvents, {
    query: {
      // `since` is inclusive.
      since: new Date(sinceMs + 1).toISOString(),
      ...(filter ? { filter } : {}),
      sortOrder: 'DESCENDING',
      limit: MOST,
    },
    signal,
  });

/** Okta keeps no comment, but the log keeps the name of the caller. */
export const markOf = (idempotencyKey: string): string => `Vigie [vigie:${idempotencyKey}]`;

/** By whom, as the log has it: UNTOLD where it has nothing (yet), NOBODY where the caller gave no name. */
export type SuspendedBy = { by: 'US' | 'UNTOLD' | 'NOBODY' } | { by: 'ANOTHER'; who: string; at: string };

const suspensions = (api: VendorApi, { id }: OktaUser, signal?: AbortSignal): Promise<OktaLogEvent[]> =>
  listed(api, api.clock.now() - KEPT_MS, `eventType eq "user.lifecycle.suspend" and target.id eq "${id}"`, signal);

/** Whose the suspension is that is in force. */
export const suspendedBy = async (
  api: VendorApi,
  user: OktaUser,
  idempotencyKey: string,
  signal?: AbortSignal,
): Promise<SuspendedBy> => {
  const changedAt = Date.parse(user.statusChanged ?? '');
  const [latest] = await suspensions(api, user, signal);
  const isOlder = latest && !Number.isNaN(changedAt) && Date.parse(latest.published) < changedAt - 60_000;
  if (!latest || isOlder) return { by: 'UNTOLD' };
  const name = latest.client?.userAgent?.rawUserAgent;
  if (!name) return { by: 'NOBODY' };
  return name.includes(markOf(idempotencyKey))
    ? { by: 'US' }
    : { by: 'ANOTHER', who: latest.actor?.alternateId ?? 'somebody else', at: latest.published };
};
