import type { TenantState } from '#contracts';
import { notExpected, type OpenGap, type Sighting, type Watching } from './gap.js';
import type { HostWatch } from './host-watch.js';
import { isDelivering, judgeAssets } from './judge-assets.js';
import { judgeSource } from './judge-source.js';
import { readingOf, type SourceReading, type SourceWatch } from './source-watch.js';

/** What is known of a tenant's telemetry. */
export interface KnownTelemetry {
  watches: readonly SourceWatch[];
  hosts: readonly HostWatch[];
  /** When each source was registered, as far as anybody remembers; epoch ms. */
  registered: ReadonlyMap<string, number>;
  open: readonly OpenGap[];
}

/** What should be seen of a tenant and is not, and what is again. */
export const look = (settings: TenantState, known: KnownTelemetry, watching: Watching): Sighting => {
  const { tenantId: tenant, timeZone: zone, sources, assets } = settings;
  const readings = new Map<string, SourceReading>(
    sources.map(({ name }) => [name, readingOf(known.watches.filter(({ source }) => source === name))]),
  );
  const isExpected = ({ source }: OpenGap): boolean => readings.has(source);
  const open = known.open.filter(isExpected);
  const openOf = (name: string): OpenGap[] => open.filter(({ source, assetId }) => source === name && assetId === '');
  const ofSources = sources.map((source) =>
    judgeSource({
      tenant,
      zone,
      source,
      reading: readings.get(source.name) ?? readingOf([]),
      registeredAt: known.registered.get(source.name),
      watching,
      open: openOf(source.name),
    }),
  );
  const delivering = sources
    .filter(({ name }) => isDelivering(readings.get(name)?.lastEventAt ?? null, watching.now))
    .filter(({ name }) => !openOf(name).some(({ kind }) => kind !== 'PARSER_FAILING'))
    .map(({ name }) => name);
  const ofAssets = judgeAssets({
    tenant,
    assets,
    sources,
    hosts: known.hosts,
    delivering: new Set(delivering),
    watching,
    open,
  });
  const ofRemoved = { gaps: [], returns: known.open.filter((gap) => !isExpected(gap)).map(notExpected) };
  const all = [...ofSources, ofAssets, ofRemoved];
  return { gaps: all.flatMap(({ gaps }) => gaps), returns: all.flatMap(({ returns }) => returns) };
};
