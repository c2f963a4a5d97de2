import type { TelemetrySource } from '#contracts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/terms';
import { expectantMs, normalOf } from './normal.js';
import {
  figures,
  gapIdOf,
  notExpected,
  returned,
  type OpenGap,
  type SeenGap,
  type Sighting,
  type Watching,
} from './gap.js';
import { hourOf, KEPT_HOURS, QUARTER_MS, quarterOf, type SourceReading } from './source-watch.js';

/** Whoever sets a source up has a day until somebody asks. */
const FIRST_EVENT_MS = DAY_MS;
/** Receipts of an hour may be this late. */
const HOUR_SETTLES_MS = 5 * MINUTE_MS;
/** Fewer events an hour go up and down by themselves. */
const LEAST_NORMAL = 50;
/** Of a parser: pieces within an hour, and their share of what arrived. */
const LEAST_UNREAD = 20;
const UNREAD_PERCENT = 10;

export interface WatchedSource {
  tenant: string;
  zone: string;
  source: TelemetrySource;
  reading: SourceReading;
  /** Epoch ms; undefined when it was before anybody remembers. */
  registeredAt: number | undefined;
  watching: Watching;
  /** Of this source. */
  open: readonly OpenGap[];
}

const minutes = (ms: number): number => Math.floor(ms / MINUTE_MS);
const isOpen = ({ open }: WatchedSource, kind: OpenGap['kind']): OpenGap | undefined =>
  open.find((one) => one.kind === kind);

const gapOf = (
  { tenant, source: { name, kind: sourceKind } }: WatchedSource,
  seen: Pick<SeenGap, 'kind' | 'severity' | 'since' | 'figures'>,
): SeenGap => {
  const gap = { ...seen, source: name, sourceKind, assetId: '', host: '' };
  return { ...gap, gapId: gapIdOf(tenant, gap) };
};

/** How long nothing came while somebody watched, hours left out in which nothing is normal; and how long it may. */
interface Silence {
  ms: number;
  allowedMs: number;
}

const silenceOf = (watched: WatchedSource): Silence => {
  const { reading, registeredAt, watching, zone, source } = watched;
  const configuredMs = source.silentAfterMinutes * MINUTE_MS;
  const { lastEventAt } = reading;
  const from = Math.max(watching.since, lastEventAt ?? registeredAt ?? 0);
  const allowedMs = lastEventAt === null ? Math.max(configuredMs, FIRST_EVENT_MS) : configuredMs;
  const rawMs = Math.max(0, watching.now - from);
  // Only what may be a gap is worth looking at hour by hour.
  if (lastEventAt === null || rawMs < allowedMs) return { ms: rawMs, allowedMs };
  return { ms: expectantMs({ reading, zone, before: hourOf(lastEventAt) }, from, watching.now), allowedMs };
};

const heardAgain = ({ reading: { lastEventAt }, watching, source }: WatchedSource, open: OpenGap): Sighting => {
  const back = lastEventAt !== null && lastEventAt > open.since ? [returned(open, lastEventAt)] : [];
  const allowedMs = source.silentAfterMinutes * MINUTE_MS;
  const isEarly = back.length === 0 && lastEventAt !== null && watching.now - lastEventAt < allowedMs;
  return { gaps: [], returns: isEarly ? [notExpected(open)] : back };
};

const silent = (watched: WatchedSource, { ms, allowedMs }: Silence): Sighting => {
  const { reading, registeredAt, watching } = watched;
  const { lastEventAt } = reading;
  if (ms < allowedMs) return { gaps: [], returns: [] };
  const gap = gapOf(watched, {
    kind: 'SOURCE_SILENT',
    severity: lastEventAt === null ? 'MEDIUM' : 'HIGH',
    since: lastEventAt ?? registeredAt ?? watching.since,
    figures: figures({
      ...(lastEventAt === null ? {} : { lastEventAt }),
      minutesWithout: minutes(ms),
      minutesAllowed: minutes(allowedMs),
    }),
  });
  return { gaps: [gap], returns: [] };
};

/** An hour against its own normal; undefined where that is unknown, or too little to tell. */
const shareOf = (
  { reading, zone }: WatchedSource,
  hour: number,
  before: number,
): { received: number; normal: number; percent: number } | undefined => {
  const normal = normalOf({ reading, zone, before }, hour);
  if (normal === null || normal < LEAST_NORMAL) return undefined;
  const received = reading.hours.get(hour)?.accepted ?? 0;
  return { received, normal, percent: Math.round((100 * received) / normal) };
};

const isHalf = ({ received, normal }: { received: number; normal: number }): boolean => 2 * received <= normal;

/**
 * By what was normal before; after some weeks of less, less is normal. Once nothing of before is kept, nothing more can
 * be said.
 */
const backToNormal = (watched: WatchedSource, open: OpenGap, hour: number): Sighting['returns'] => {
  const { lastEventAt } = watched.reading;
  const [then, now] = [hourOf(open.since), hour].map((before) => shareOf(watched, hour, before));
  const told = (share: NonNullable<typeof then>) => ({ figures: figures({ hourFrom: hour * HOUR_MS, ...share }) });
  if (then && !isHalf(then) && lastEventAt !== null) return [{ ...returned(open, lastEventAt), ...told(then) }];
  if (now && !isHalf(now)) return [{ ...notExpected(open), ...told(now) }];
  return hour - hourOf(open.since) >= KEPT_HOURS ? [notExpected(open)] : [];
};

/** @param silence undefined of a source that is known to be silent. */
const reduced = (watched: WatchedSource, silence: Silence | undefined): Sighting => {
  const { watching } = watched;
  const hour = hourOf(watching.now - HOUR_SETTLES_MS) - 1;
  const open = isOpen(watched, 'SOURCE_REDUCED');
  if (open) return { gaps: [], returns: hour > hourOf(open.since) ? backToNormal(watched, open, hour) : [] };
  if (hour * HOUR_MS < watching.since || !silence) return { gaps: [], returns: [] };
  const share = 2 * silence.ms >= silence.allowedMs ? undefined : shareOf(watched, hour, hour);
  if (!share || !isHalf(share)) return { gaps: [], returns: [] };
  const since = hour * HOUR_MS;
  const told = { kind: 'SOURCE_REDUCED', severity: 'MEDIUM', since } as const;
  return { gaps: [gapOf(watched, { ...told, figures: figures({ hourFrom: since, ...share }) })], returns: [] };
};

const unreadOf = ({ reading, watching }: WatchedSource): { unread: number; arrived: number; percent: number } => {
  const now = quarterOf(watching.now);
  const counts = [0, 1, 2, 3].flatMap((back) => reading.quarters.get(now - back) ?? []);
  const unread = counts.reduce((sum, { dead }) => sum + dead, 0);
  const arrived = counts.reduce((sum, { accepted }) => sum + accepted, unread);
  return { unread, arrived, percent: arrived === 0 ? 0 : Math.floor((100 * unread) / arrived) };
};

const unreadable = (watched: WatchedSource): Sighting => {
  const { watching, reading } = watched;
  const open = isOpen(watched, 'PARSER_FAILING');
  const told = unreadOf(watched);
  if (open) {
    const { lastEventAt } = reading;
    const isBack = told.arrived > 0 && told.percent < UNREAD_PERCENT && lastEventAt !== null;
    return { gaps: [], returns: isBack ? [{ ...returned(open, lastEventAt), figures: figures(told) }] : [] };
  }
  if (told.unread < LEAST_UNREAD || told.percent < UNREAD_PERCENT) return { gaps: [], returns: [] };
  const since = (quarterOf(watching.now) - 3) * QUARTER_MS;
  const gap = gapOf(watched, { kind: 'PARSER_FAILING', severity: 'MEDIUM', since, figures: figures(told) });
  return { gaps: [gap], returns: [] };
};

/** What of a source should be seen and is not, and what is again. */
export const judgeSource = (watched: WatchedSource): Sighting => {
  const open = isOpen(watched, 'SOURCE_SILENT');
  const silence = open ? undefined : silenceOf(watched);
  const all = [
    ...(open ? [heardAgain(watched, open)] : []),
    ...(silence ? [silent(watched, silence)] : []),
    reduced(watched, silence),
    unreadable(watched),
  ];
  return { gaps: all.flatMap(({ gaps }) => gaps), returns: all.flatMap(({ returns }) => returns) };
};
