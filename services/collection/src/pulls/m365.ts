/**
 * Microsoft 365's management activity API: content of each type is subscribed to, listed by when it became available (a
 * day at most, of the last seven), and read. Microsoft may make content available again days later: its events are then
 * told again, under another name of content.
 * `account`: the directory's id. `include`: content types. The secret is JSON, {"clientId","clientSecret"}, of an
 * application that may ActivityFeed.Read (and ActivityFeed.ReadDlp); its origins are https://manage.office.com and
 * https://login.microsoftonline.com.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, isUrl } from '#libs/terms';
import { eventsOf, jsonOf, latestOf, localPart, shortId, under, type Puller, type PullPlace } from './puller.js';

const USUAL = ['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.SharePoint', 'Audit.General', 'DLP.All'];
const KEPT_MS = 7 * DAY_MS - HOUR_MS;
/** Content that was listed is known for as long as it may be listed late. */
const OVERLAP_MS = HOUR_MS;
const MOST_QUEUED = 100;
const MOST_KNOWN = 2_000;

interface M365Cursor {
  type: number;
  /** By type: listed up to then; absent where it was not subscribed to yet. */
  listed: Record<string, number>;
  /** The list under way: up to when, and its page. */
  to?: number;
  next?: string;
  queue: string[];
  known: string[];
}

const typesOf = ({ settings: { include } }: PullPlace): readonly string[] => (include.length > 0 ? include : USUAL);
const typeOf = (place: PullPlace, { type }: M365Cursor): string => typesOf(place)[type] ?? '';

const feed = ({ settings }: PullPlace, path: string, query: Record<string, string>): string =>
  under(settings, `/api/v1.0/${encodeURIComponent(settings.account)}/activity/feed/subscriptions/${path}`, query);

const subscribed = (place: PullPlace, cursor: M365Cursor): M365Cursor => ({
  ...cursor,
  listed: { ...cursor.listed, [typeOf(place, cursor)]: place.since },
});

const listUrl = (place: PullPlace, cursor: M365Cursor, now: number): string => {
  const contentType = typeOf(place, cursor);
  const from = Math.max((cursor.listed[contentType] ?? place.since) - OVERLAP_MS, now - KEPT_MS);
  const to = cursor.to ?? Math.min(from + DAY_MS, now);
  const [startTime, endTime] = [from, to].map((at) => new Date(at).toISOString().slice(0, 19)) as [string, string];
  return feed(place, 'content', { contentType, startTime, endTime });
};

/** What is new of a page of the list. Of very much the rest waits: the page is listed again. */
const listed: Puller<M365Cursor>['read'] = (place, cursor, { body, headers }, now) => {
  const name = typeOf(place, cursor);
  const before = new Set(cursor.known);
  const fresh = eventsOf(body)
    .map(jsonOf)
    .filter(({ contentId }) => !before.has(shortId(String(contentId))))
    .flatMap(({ contentId, contentUri }) =>
      typeof contentUri === 'string' && isUrl(contentUri) ? [{ id: shortId(String(contentId)), contentUri }] : [],
    );
  const taken = fresh.slice(0, MOST_QUEUED);
  const from = Math.max((cursor.listed[name] ?? place.since) - OVERLAP_MS, now - KEPT_MS);
  const to = cursor.to ?? Math.min(from + DAY_MS, now);
  const queue = taken.map(({ contentUri }) => localPart(contentUri));
  const known = [...cursor.known, ...taken.map(({ id }) => id)].slice(-MOST_KNOWN);
  const here = { ...cursor, to, queue, known };
  if (fresh.length > taken.length) return { events: [], cursor: here, more: true, reachedAt: null };
  const next = headers.nextpageuri && isUrl(headers.nextpageuri) ? localPart(headers.nextpageuri) : undefined;
  if (next !== undefined) return { events: [], cursor: { ...here, next }, more: true, reachedAt: null };
  const { to: _to, next: _next, ...rest } = here;
  const isBehind = to < now - MINUTE_MS;
  const type = isBehind ? cursor.type : (cursor.type + 1) % typesOf(place).length;
  const after = { ...rest, type, listed: { ...cursor.listed, [name]: to } };
  return { events: [], cursor: after, more: isBehind || type !== 0 || queue.length > 0, reachedAt: null };
};

/** Content that is gone, or a list that is not known any more, does not hold up the rest. */
const around: Puller<M365Cursor>['around'] = (place, cursor, { status, body }) => {
  const on = (after: M365Cursor) => ({ events: [], cursor: after, more: true, reachedAt: null });
  if (cursor.queue.length > 0)
    return status === 404 || status === 410 ? on({ ...cursor, queue: cursor.queue.slice(1) }) : undefined;
  if (status !== 400) return undefined;
  // AF20024: the subscription is there already; AF20022: it is not.
  if (body.includes('AF20024')) return on(subscribed(place, cursor));
  const { [typeOf(place, cursor)]: isSubscribed, ...others } = cursor.listed;
  if (body.includes('AF20022') && isSubscribed !== undefined) return on({ ...cursor, listed: others });
  const { next, ...rest } = cursor;
  return next === undefined ? undefined : on(rest);
};

export const m365: Puller<M365Cursor> = {
  vendor: 'm365',
  credential: 'entra',
  everyMs: 5 * MINUTE_MS,
  first: () => ({ type: 0, listed: {}, queue: [], known: [] }),
  ask: (place, cursor, now) => {
    const [content] = cursor.queue;
    if (content !== undefined) return { url: content };
    const contentType = typeOf(place, cursor);
    if (cursor.listed[contentType] === undefined)
      return { method: 'POST', url: feed(place, 'start', { contentType }), body: '' };
    return { url: cursor.next ?? listUrl(place, cursor, now) };
  },
  read: (place, cursor, answer, now) => {
    if (cursor.queue.length > 0) {
      const events = eventsOf(answer.body);
      const reachedAt = latestOf(events, 'CreationTime');
      const queue = cursor.queue.slice(1);
      return { events, cursor: { ...cursor, queue }, more: true, reachedAt };
    }
    if (cursor.listed[typeOf(place, cursor)] === undefined)
      return { events: [], cursor: subscribed(place, cursor), more: true, reachedAt: null };
    return listed(place, cursor, answer, now);
  },
  around,
};
