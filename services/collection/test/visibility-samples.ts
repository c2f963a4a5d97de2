import type { TelemetryReceived } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import type { OpenGap, SeenGap } from '../src/domain/visibility/gap.js';
import { judgeSource, type WatchedSource } from '../src/domain/visibility/judge-source.js';
import { readingOf, watched, type SourceWatch } from '../src/domain/visibility/source-watch.js';

/** A Monday, 00:00 UTC, in winter. */
export const MONDAY = Date.UTC(2026, 10, 2);
export const at = (day: number, hour: number, minute = 0): number =>
  MONDAY + day * 24 * HOUR_MS + hour * HOUR_MS + minute * MINUTE_MS;

export const receiptOfRange = (from: number, to: number, over: Partial<TelemetryReceived> = {}): TelemetryReceived => ({
  type: 'telemetry.received',
  source: 'edr',
  topic: 'ingest.acme.edr',
  partition: 0,
  fromOffset: from,
  toOffset: to,
  messages: to - from + 1,
  accepted: to - from + 1,
  dead: 0,
  unrecognised: 0,
  bytes: 100,
  firstOccurredAt: null,
  lastOccurredAt: null,
  hosts: null,
  ...over,
});

/** What a source brought: so many events at each of these times. */
export const brought = (arrivals: readonly { at: number; events: number; dead?: number }[]): SourceWatch[] => {
  let doc: SourceWatch | undefined;
  for (const { at: time, events, dead = 0 } of arrivals) {
    const next = doc?.next ?? 0;
    doc = watched(doc, receiptOfRange(next, next + events + dead - 1, { accepted: events, dead }), time);
  }
  return doc ? [doc] : [];
};

/** So many events each hour of some days, at a quarter past, in those hours that `of` gives more than none for. */
export const hourly = (days: number, of: (hour: number, day: number) => number, from = 0) =>
  Array.from({ length: days * 24 }, (_, index) => ({ day: from + Math.floor(index / 24), hour: index % 24 }))
    .map(({ day, hour }) => ({ at: at(day, hour, 15), events: of(hour, day) }))
    .filter(({ events }) => events > 0);

type SourceArrivals = Parameters<typeof brought>[0];

/** What is seen of a source at a time. */
export const judgedAt = (now: number, arrivals: SourceArrivals, over: Partial<WatchedSource> = {}) =>
  judgeSource({
    tenant: 'acme',
    zone: 'UTC',
    source: { name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 60, receipts: false },
    reading: readingOf(brought(arrivals)),
    registeredAt: undefined,
    watching: { since: MONDAY - 365 * 24 * HOUR_MS, now },
    open: [],
    ...over,
  });

export const opened = (gap: SeenGap): OpenGap => ({ type: 'visibility.gap-found', ...gap, at: gap.since + HOUR_MS });
