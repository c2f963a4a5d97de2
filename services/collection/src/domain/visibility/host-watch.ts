import type { TelemetryReceived } from '#contracts';
import { DAY_MS, type OffsetsCounted } from '#libs/terms';
import { HOSTS_IN_RECEIPT } from '../fold-receipts.js';
import { countedAfter, freshIn, NOTHING_COUNTED } from './counted.js';
import { QUARTER_MS, quarterOf } from './source-watch.js';

/** A device that a source told of. In quarters of an hour of the epoch: when its receipts came. */
export interface WatchedHost {
  host: string;
  first: number;
  last: number;
  /** The longest pause between two of them, and when it ended. */
  pause: number;
  pausedTo: number;
}

export interface HostWatch {
  source: string;
  hosts: WatchedHost[];
  /** The last quarter in which a receipt named as many as it can: any other may have been among them. */
  cut: number;
  /** By topic and partition. */
  counted: Record<string, OffsetsCounted>;
}

/** Of one source; those unseen for longest are forgotten. */
const MOST_HOSTS = 5_000;
/** A pause is remembered for that long. */
const PAUSE_KEPT = (28 * DAY_MS) / QUARTER_MS;

const seen = (known: WatchedHost | undefined, host: string, now: number): WatchedHost => {
  if (!known) return { host, first: now, last: now, pause: 0, pausedTo: now };
  if (now <= known.last) return known;
  const pause = now - known.last;
  const isOld = now - known.pausedTo > PAUSE_KEPT;
  return { ...known, last: now, ...(pause >= known.pause || isOld ? { pause, pausedTo: now } : {}) };
};

/** The devices of a source after a receipt, any number of times. @param at when it was said, epoch ms. */
export const hostsAfter = (doc: HostWatch | undefined, receipt: TelemetryReceived, at: number): HostWatch => {
  const { source, hosts, topic, partition } = receipt;
  const before: HostWatch = { source, hosts: [], cut: 0, counted: {}, ...doc };
  const place = `${topic}/${partition}`;
  const known = before.counted[place] ?? NOTHING_COUNTED;
  if (freshIn(known, receipt) <= 0) return before;
  const now = quarterOf(at);
  const byName = new Map(before.hosts.map((one) => [one.host, one]));
  for (const { host } of hosts ?? []) byName.set(host, seen(byName.get(host), host, now));
  const all = [...byName.values()];
  const kept = all.length <= MOST_HOSTS ? all : all.sort((a, b) => b.last - a.last).slice(0, MOST_HOSTS);
  const cut = (hosts?.length ?? 0) >= HOSTS_IN_RECEIPT ? Math.max(before.cut, now) : before.cut;
  return {
    source,
    hosts: kept.sort((a, b) => (a.host < b.host ? -1 : 1)),
    cut,
    counted: { ...before.counted, [place]: countedAfter(known, receipt) },
  };
};
