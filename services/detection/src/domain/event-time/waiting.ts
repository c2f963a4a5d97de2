import type { SourceKind } from '#contracts';
import type { CorrelationWait } from '#libs/rules';
import { HOUR_MS } from '#libs/terms';

/** What is known of a source's event time. */
export interface SourceTime {
  kind: SourceKind;
  /** The newest event time heard, never later than it was ingested. Epoch ms. */
  newestAt: number;
  /** When something was heard last, by our clock. */
  heardAt: number;
}

/** A correlation's group that waits for event time to go on. */
export interface Awaiting extends CorrelationWait {
  tenant: string;
  correlationId: string;
  /** Event time it waits for next, and at last. */
  due: number;
  until: number;
  /** When it was told the last it waited for, by our clock. */
  toldAt?: number;
}

/** Event time as one partition of telemetry tells it. */
export interface EventTime {
  /** By tenant, then by source. */
  sources: Map<string, Map<string, SourceTime>>;
  /** By detection id, the one touched longest ago first. */
  awaiting: Map<string, Awaiting>;
}

export const noTime = (): EventTime => ({ sources: new Map(), awaiting: new Map() });

const AWAITING_AT_MOST = 20_000;
/** How long a correlation waits for other partitions that are heard no more. */
export const CORRELATION_IDLE_MS = 300_000;
const AGAIN_MS = CORRELATION_IDLE_MS + 10_000;
/**
 * A source whose time is so far behind that of the others is not waited for: it ended, or an old recording came through
 * it.
 */
const GONE_MS = HOUR_MS;

/** Audit logs that are fetched or delivered now and then, not as things happen. */
const DELIVERED: readonly SourceKind[] = [
  'AWS_CLOUDTRAIL',
  'OKTA',
  'AZURE',
  'GCP_AUDIT',
  'M365',
  'GOOGLE_WORKSPACE',
  'GITHUB',
  'MIMECAST',
  'LOOKOUT',
];

/** How late events may come, by the kind of their source. */
export interface Lateness {
  streamedMs: number;
  deliveredMs: number;
}

const latenessOf = ({ streamedMs, deliveredMs }: Lateness, kind: SourceKind): number =>
  DELIVERED.includes(kind) ? deliveredMs : streamedMs;

/**
 * A source whose silence has lasted as long as its events may be late has said all it had; from then on its time goes
 * on with the clock.
 */
const sourceUpTo = ({ kind, newestAt, heardAt }: SourceTime, lateness: Lateness, now: number | undefined): number => {
  const lateMs = latenessOf(lateness, kind);
  const silentMs = (now ?? heardAt) - heardAt;
  return silentMs > lateMs ? newestAt + (silentMs - lateMs) : newestAt - lateMs;
};

/**
 * No event from before this time is to come for a correlation of a tenant; 0 when nothing can be said.
 * @param now by our clock: then silence counts too. Without, only what was heard.
 */
export const upToOf = (
  { sources }: EventTime,
  tenant: string,
  kinds: readonly SourceKind[],
  lateness: Lateness,
  now?: number,
): number => {
  const concerned = [...(sources.get(tenant)?.values() ?? [])].filter(
    ({ kind }) => kinds.length === 0 || kinds.includes(kind),
  );
  const times = concerned.map((source) => sourceUpTo(source, lateness, now));
  const newest = Math.max(0, ...times);
  return Math.floor(Math.min(newest, ...times.filter((time) => time > newest - GONE_MS)));
};

/** Takes in that events of a source were heard. */
export const hear = (
  { sources }: EventTime,
  tenant: string,
  source: string,
  { kind, newestAt, heardAt }: SourceTime,
): void => {
  const known = sources.get(tenant) ?? new Map<string, SourceTime>();
  sources.set(tenant, known);
  known.set(source, { kind, newestAt: Math.max(newestAt, known.get(source)?.newestAt ?? 0), heardAt });
};

/**
 * Of the tenant with the most that waits, the sixteenth touched longest ago: one that has many takes nothing from
 * others.
 */
const forgetSome = ({ awaiting }: EventTime): void => {
  const counts = new Map<string, number>();
  for (const { tenant } of awaiting.values()) counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
  const most = Math.max(...counts.values());
  let left = Math.ceil(most / 16);
  for (const [detectionId, { tenant }] of awaiting) {
    if (counts.get(tenant) !== most || left <= 0) continue;
    awaiting.delete(detectionId);
    left -= 1;
  }
};

/**
 * Takes in that a group waits. What is forgotten beyond the bound is decided with the next match of its correlation.
 */
export const wait = (
  time: EventTime,
  detectionId: string,
  one: Omit<Awaiting, 'due' | 'until' | 'toldAt'>,
  at: number,
): void => {
  const { awaiting } = time;
  const known = awaiting.get(detectionId);
  awaiting.delete(detectionId);
  awaiting.set(detectionId, {
    ...one,
    due: Math.max(at, known?.due ?? 0),
    until: Math.max(at + one.horizonMs, known?.until ?? 0),
  });
  if (awaiting.size > AWAITING_AT_MOST) forgetSome(time);
};

/**
 * Groups whose time has come, and up to where; `markTold` puts down that they were told. Silence brings time no
 * further than to what waits: it may be an outage, and what comes after it shall not be late. The last is told twice:
 * the second time partitions that have fallen silent are waited for no longer.
 */
export const timePassed = (
  time: EventTime,
  lateness: Lateness,
  now: number,
): { detectionId: string; awaiting: Awaiting; upTo: number }[] => {
  const known = new Map<string, { upTo: number; heard: number }>();
  return [...time.awaiting].flatMap(([detectionId, awaiting]) => {
    const { tenant, kinds, due, until, toldAt } = awaiting;
    const of = `${tenant} ${kinds.join()}`;
    const { upTo, heard } = known.get(of) ?? {
      upTo: upToOf(time, tenant, kinds, lateness, now),
      heard: upToOf(time, tenant, kinds, lateness),
    };
    known.set(of, { upTo, heard });
    const isDue = toldAt === undefined ? upTo > due : now - toldAt > AGAIN_MS;
    return isDue
      ? [{ detectionId, awaiting, upTo: Math.max(heard, Math.min(upTo, (toldAt === undefined ? due : until) + 1)) }]
      : [];
  });
};

export const markTold = ({ awaiting }: EventTime, all: ReturnType<typeof timePassed>, now: number): void => {
  for (const { detectionId, awaiting: one, upTo } of all) {
    if (awaiting.get(detectionId) !== one) continue;
    if (one.toldAt !== undefined) awaiting.delete(detectionId);
    else if (upTo > one.until) awaiting.set(detectionId, { ...one, toldAt: now });
    else awaiting.set(detectionId, { ...one, due: Math.min(one.until, upTo + one.stepMs) });
  }
};

/** As JSON. @param now by our clock, epoch ms. */
export const keptTime = ({ sources, awaiting }: EventTime, now: number) => ({
  at: now,
  sources: [...sources].map(([tenant, of]) => [tenant, [...of]] as const),
  awaiting: [...awaiting],
});

/** The time in which nobody listened is no silence of the sources. */
export const readTime = (kept: ReturnType<typeof keptTime> | undefined, now: number): EventTime => {
  if (!kept) return noTime();
  const away = Math.max(0, now - kept.at);
  const resumed = (of: readonly (readonly [string, SourceTime])[]) =>
    new Map(of.map(([name, one]) => [name, { ...one, heardAt: one.heardAt + away }]));
  return {
    sources: new Map(kept.sources.map(([tenant, of]) => [tenant, resumed(of)])),
    awaiting: new Map(kept.awaiting),
  };
};
