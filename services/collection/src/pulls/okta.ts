/**
 * Okta's system log (`GET /api/v1/logs`), polled: without `until` and in ascending order, events come as they are kept,
 * also those that were published earlier and arrive late, and every answer has a next link, also an empty one. The
 * link is the cursor: nothing is left out, and nothing comes twice.
 * Origin of the secret, an API token: https://<org>.okta.com.
 */
import { DAY_MS } from '#libs/terms';
import { eventsOf, jsonOf, latestOf, linkOf, shortId, under, type Puller, type PullPage } from './puller.js';

const MOST = 1_000;
/** So long the log is kept. */
const KEPT_MS = 90 * DAY_MS;
const MOST_KNOWN = 200;

interface OktaCursor {
  /** Path and query of the next link; absent: from `from` on. */
  next?: string;
  /**
   * Published last of all that came. Polled without a link, the log begins with what was kept since then: nothing is
   * left out, and of what comes again these are known.
   */
  from: number;
  known: string[];
}

const read: Puller<OktaCursor>['read'] = (_place, { next, from, known }, { headers, body }) => {
  const listed = eventsOf(body);
  const ids = listed.map((event) => shortId(String(jsonOf(event).uuid)));
  const before = new Set(known);
  const reachedAt = latestOf(listed, 'published');
  const cursor = {
    next: linkOf(headers.link, 'next') ?? next,
    from: Math.max(from, reachedAt ?? 0),
    known: [...known, ...ids].slice(-MOST_KNOWN),
  };
  const events = listed.filter((_, index) => !before.has(ids[index] ?? ''));
  return { events, cursor, more: listed.length >= MOST, reachedAt };
};

export const okta: Puller<OktaCursor> = {
  vendor: 'okta',
  credential: 'ssws',
  everyMs: 60_000,
  first: ({ since }) => ({ from: since, known: [] }),
  ask: ({ settings }, { next, from }, now) => {
    if (next !== undefined) return { url: next };
    const since = new Date(Math.max(from, now - KEPT_MS)).toISOString();
    return { url: under(settings, '/api/v1/logs', { since, sortOrder: 'ASCENDING', limit: String(MOST) }) };
  },
  read,
  around: (_place, cursor, { status }): PullPage<OktaCursor> | undefined => {
    if (status !== 400 && status !== 404 && status !== 410) return undefined;
    if (cursor.next === undefined) return undefined;
    return { events: [], cursor: { from: cursor.from, known: cursor.known }, more: true, reachedAt: null };
  },
  retryAt: ({ headers }) => {
    const at = Number(headers['x-rate-limit-reset']) * 1_000;
    return Number.isFinite(at) && at > 0 ? at : undefined;
  },
};
