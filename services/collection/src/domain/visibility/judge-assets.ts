import type { Asset, TelemetrySource } from '#contracts';
import { DAY_MS, findAssets, HOUR_MS, isCritical, MINUTE_MS } from '#libs/terms';
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
import { QUARTER_MS } from './source-watch.js';
import type { HostWatch, WatchedHost } from './host-watch.js';

/** An asset is missed after a day, or after its longest pause. */
const LEAST_PAUSE_MS = DAY_MS;
/** Until then nobody knows how it goes on and off. */
const KNOWN_AFTER_MS = 3 * DAY_MS;
/** Of a tenant at once: when more stop, something else has happened. */
const MOST_OPEN = 50;

export interface WatchedAssets {
  tenant: string;
  assets: readonly Asset[];
  sources: readonly TelemetrySource[];
  hosts: readonly HostWatch[];
  /** Sources that deliver as they should, so that a missing asset is the asset's doing. */
  delivering: ReadonlySet<string>;
  watching: Watching;
  open: readonly OpenGap[];
}

interface AssetSeen {
  asset: Asset;
  host: WatchedHost;
  source: string;
  first: number;
  last: number;
  pause: number;
  cut: number;
}

const pauseOf = ({ pause }: WatchedHost, known: AssetSeen | undefined): number => Math.max(pause, known?.pause ?? 0);

/** Each asset that was seen: by the latest of its names and sources. */
const assetsSeen = ({ assets, hosts }: WatchedAssets): AssetSeen[] => {
  const byId = new Map<string, AssetSeen>();
  for (const { source, hosts: some, cut } of hosts)
    for (const host of some) {
      const asset = findAssets(assets, [host.host]).sure;
      if (!asset) continue;
      const known = byId.get(asset.assetId);
      const latest = known && known.last >= host.last ? known : { asset, host, source, last: host.last };
      byId.set(asset.assetId, {
        ...latest,
        first: Math.min(host.first, known?.first ?? host.first),
        pause: pauseOf(host, known),
        cut: Math.max(cut, known?.cut ?? 0),
      });
    }
  return [...byId.values()];
};

const minutes = (ms: number): number => Math.floor(ms / MINUTE_MS);
/** The end of a quarter: it was seen before. */
const endOf = (quarter: number): number => (quarter + 1) * QUARTER_MS;

const missing = (watched: WatchedAssets, seen: AssetSeen): SeenGap[] => {
  const { tenant, watching, delivering, sources } = watched;
  const { asset, host, source, first, last, pause, cut } = seen;
  const kind = sources.find(({ name }) => name === source)?.kind;
  const allowedMs = Math.max(LEAST_PAUSE_MS, pause * QUARTER_MS);
  const withoutMs = watching.now - Math.max(endOf(last), endOf(cut), watching.since);
  const isKnown = (last - first) * QUARTER_MS >= KNOWN_AFTER_MS;
  if (!kind || !isKnown || withoutMs < allowedMs || !delivering.has(source)) return [];
  const gap = {
    kind: 'ASSET_SILENT' as const,
    severity: isCritical(asset) ? ('HIGH' as const) : ('MEDIUM' as const),
    source,
    sourceKind: kind,
    assetId: asset.assetId,
    host: host.host,
    since: last * QUARTER_MS,
    figures: figures({
      lastEventAt: last * QUARTER_MS,
      minutesWithout: minutes(withoutMs),
      minutesAllowed: minutes(allowedMs),
      longestPauseMinutes: minutes(pause * QUARTER_MS),
    }),
  };
  return [{ ...gap, gapId: gapIdOf(tenant, gap) }];
};

/** Known assets that stopped while their source delivers for others, and those that are back. */
export const judgeAssets = (watched: WatchedAssets): Sighting => {
  const seen = assetsSeen(watched);
  const open = watched.open.filter(({ kind }) => kind === 'ASSET_SILENT');
  const returns = open.flatMap((gap) => {
    if (!watched.assets.some(({ assetId }) => assetId === gap.assetId)) return [notExpected(gap)];
    const last = seen.find(({ asset }) => asset.assetId === gap.assetId)?.last ?? 0;
    return last * QUARTER_MS > gap.since ? [returned(gap, last * QUARTER_MS)] : [];
  });
  const gaps = seen
    .filter(({ asset }) => !open.some(({ assetId }) => assetId === asset.assetId))
    .flatMap((one) => missing(watched, one))
    .sort((a, b) => (a.severity === b.severity ? a.since - b.since : a.severity === 'HIGH' ? -1 : 1));
  return { gaps: gaps.slice(0, Math.max(0, MOST_OPEN - open.length)), returns };
};

/** A source that told something within the hour. */
export const isDelivering = (lastEventAt: number | null, now: number): boolean =>
  lastEventAt !== null && now - lastEventAt < HOUR_MS;
