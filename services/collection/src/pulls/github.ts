/**
 * GitHub's audit log of an organisation or enterprise (`/orgs/<org>/audit-log`, `/enterprises/<name>/audit-log`),
 * with Git events, the oldest first. A round follows the links; the next begins an hour before its end, for events
 * that come late. `account`: `orgs/acme` or `enterprises/acme`. The secret is a token that may read:audit_log; its
 * origin is https://api.github.com, or that of a server of one's own, whose base address ends in /api/v3.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/terms';
import { linkOf, under } from './puller.js';
import { windowed } from './windowed.js';

export const github = windowed({
  vendor: 'github-audit',
  credential: 'bearer',
  everyMs: 2 * MINUTE_MS,
  overlapMs: HOUR_MS,
  keptMs: 180 * DAY_MS,
  url: ({ settings }, _part, from) =>
    under(settings, `/${settings.account}/audit-log`, {
      phrase: `created:>=${new Date(from).toISOString()}`,
      include: 'all',
      order: 'asc',
      per_page: '100',
    }),
  // Of Git events: those have no id of the log.
  idOf: (event) => String(event._document_id ?? event.external_id ?? JSON.stringify(event)),
  timeOf: (event) => Number(event['@timestamp'] ?? event.created_at),
  next: ({ headers }) => linkOf(headers.link, 'next'),
  retryAt: ({ headers }) => {
    const at = Number(headers['x-ratelimit-reset']) * 1_000;
    return headers['x-ratelimit-remaining'] === '0' && Number.isFinite(at) ? at : undefined;
  },
});
