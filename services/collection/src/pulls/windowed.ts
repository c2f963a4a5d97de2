/**
 * Logs that are asked for by time: each round asks from where the one before ended, less how late events may come,
 * and leaves out what it knows by id. Nothing that comes within the overlap is left out, and nothing is told twice.
 * Of many events in it only the latest are known, and the overlap is as long as these reach: a busy log waits less
 * for late ones.
 */
import {
  eventsOf,
  jsonOf,
  shortId,
  type PullAnswer,
  type Puller,
  type PullCredential,
  type PullPlace,
} from './puller.js';

/** In all: a cursor is a fact. */
const MOST_KNOWN = 1_500;

/** What is known of one event: when it was, in ms, and its id. */
type KnownEvent = [at: number, id: string];

interface WindowCursor {
  /** Index of the part that is asked for, up to when, and the page; absent: the first. */
  part: number;
  to?: number;
  next?: string;
  /** By part: from when on, and what is known from then on. */
  from: Record<string, number>;
  known: Record<string, KnownEvent[]>;
  /** Told in this round. */
  fresh: KnownEvent[];
}

/** A log that is asked for by time. */
export interface WindowedLog {
  vendor: string;
  credential: PullCredential;
  everyMs: number;
  /** How late events may come. */
  overlapMs: number;
  /** How long the vendor keeps them. */
  keptMs: number;
  /** What is asked for apart, such as applications. */
  parts?(place: PullPlace): readonly string[];
  url(place: PullPlace, part: string, from: number, to: number): string;
  /** The key of the list; absent: the answer is the list. */
  list?: string;
  /** Where there is nothing, the list is left out. */
  mayLackList?: true;
  idOf(event: Record<string, unknown>): string;
  /** Epoch ms. */
  timeOf(event: Record<string, unknown>): number;
  /** Address of the next page, or path and query. */
  next(answer: PullAnswer, asked: string): string | undefined;
  retryAt?: Puller['retryAt'];
}

const partsOf = ({ parts }: WindowedLog, place: PullPlace): readonly string[] => parts?.(place) ?? [''];

const urlOf = (log: WindowedLog, place: PullPlace, { part, to, from }: WindowCursor, now: number): string => {
  const name = partsOf(log, place)[part] ?? '';
  return log.url(place, name, Math.max(from[name] ?? place.since, now - log.keptMs), to ?? now);
};

/** A round of one part is over: what it told, and what was known before, as far as the next one asks again. */
const ended = (log: WindowedLog, place: PullPlace, cursor: WindowCursor, now: number): WindowCursor => {
  const parts = partsOf(log, place);
  const name = parts[cursor.part] ?? '';
  const to = cursor.to ?? now;
  const most = Math.floor(MOST_KNOWN / parts.length);
  const all = [...(cursor.known[name] ?? []), ...cursor.fresh].sort(([one], [other]) => one - other);
  const late = all.filter(([at]) => at >= to - log.overlapMs);
  const known = late.slice(-most);
  // An instant that is known in part is not asked again: it would be told twice.
  const oldest = late.length > known.length ? (known[0]?.[0] ?? to) + 1 : to - log.overlapMs;
  return {
    part: (cursor.part + 1) % parts.length,
    from: { ...cursor.from, [name]: Math.max(oldest, place.since) },
    known: { ...cursor.known, [name]: known.filter(([at]) => at >= oldest) },
    fresh: [],
  };
};

const read =
  (log: WindowedLog): Puller<WindowCursor>['read'] =>
  (place, cursor, answer, now) => {
    const isLeftOut = log.mayLackList === true && !(log.list !== undefined && log.list in jsonOf(answer.body));
    const listed = isLeftOut ? [] : eventsOf(answer.body, log.list);
    const name = partsOf(log, place)[cursor.part] ?? '';
    const before = new Set([...(cursor.known[name] ?? []), ...cursor.fresh].map(([, id]) => id));
    const fresh: KnownEvent[] = [];
    const events = listed.filter((bytes) => {
      const event = jsonOf(bytes);
      const id = shortId(log.idOf(event));
      if (before.has(id)) return false;
      before.add(id);
      const at = log.timeOf(event);
      fresh.push([Number.isNaN(at) ? now : at, id]);
      return true;
    });
    const reachedAt = fresh.reduce<number | null>((latest, [at]) => Math.max(latest ?? at, at), null);
    const asked = cursor.next ?? urlOf(log, place, cursor, now);
    const next = log.next(answer, asked);
    const told = [...cursor.fresh, ...fresh].sort(([one], [other]) => one - other).slice(-MOST_KNOWN);
    const here: WindowCursor = { ...cursor, to: cursor.to ?? now, fresh: told };
    if (next !== undefined) return { events, cursor: { ...here, next }, more: true, reachedAt };
    const after = ended(log, place, here, now);
    return { events, cursor: after, more: after.part !== 0, reachedAt };
  };

export const windowed = (log: WindowedLog): Puller<WindowCursor> => ({
  vendor: log.vendor,
  credential: log.credential,
  everyMs: log.everyMs,
  first: () => ({ part: 0, from: {}, known: {}, fresh: [] }),
  ask: (place, cursor, now) => ({ url: cursor.next ?? urlOf(log, place, cursor, now) }),
  read: read(log),
  // A page that the vendor does not know any more: the round begins again, and what it told is known.
  around: (_place, { next, ...cursor }, { status }) =>
    next !== undefined && [400, 404, 410].includes(status)
      ? { events: [], cursor, more: true, reachedAt: null }
      : undefined,
  ...(log.retryAt ? { retryAt: log.retryAt } : {}),
});
