import type { FindingRaised } from '#contracts';
import type { HitGroup } from '../domain/finding/rule-finding.js';
import { countedIn, floodFinding, floodIdOf, floods, type Flood, type FloodLimits } from '../domain/flood/counting.js';
import type { Hit, Origin } from '../domain/hits/hit.js';
import { track, type Times } from '../domain/repeats/tracking.js';
import type { Chunk } from './chunk.js';
import type { TelemetryState } from './telemetry-state.js';
import type { ClaimedPartition } from '../checkpoints/partition.js';

/** New findings of one batch that are not raised, because their rule floods. */
export interface FloodGate {
  /** Counts a new finding. @returns whether it is held back */
  holds(group: HitGroup): boolean;
  /** The findings that say so, of this batch; those said before count on. */
  told(times: Times): FindingRaised[];
  count(): number;
}

const inOrder = (a: Hit, b: Hit): number => a.event.offset - b.event.offset || a.event.index - b.event.index;

export const floodGate = (
  partition: ClaimedPartition<TelemetryState>,
  chunk: Chunk,
  origin: Origin,
  limits: FloodLimits,
): FloodGate => {
  const { tenant } = origin;
  const { recordedAt, kept } = partition;
  const held = new Map<string, { kind: Flood['kind']; groups: HitGroup[] }>();
  const counted = () => {
    const mine = countedIn(chunk.floods.get(tenant) ?? kept.floods.get(tenant), recordedAt);
    chunk.floods.set(tenant, mine);
    return mine;
  };
  let now: ReturnType<typeof counted> | undefined;
  const toldOf = (
    findingId: string,
    { kind, groups }: { kind: Flood['kind']; groups: HitGroup[] },
    times: Times,
  ): FindingRaised[] => {
    const before = chunk.changes.get(findingId) ?? kept.findings.get(findingId);
    const hits = groups.flatMap((group) => group.hits).sort(inOrder) as [Hit, ...Hit[]];
    chunk.changes.delete(findingId);
    chunk.changes.set(findingId, track(before, origin, { findingId, hits }, times));
    if (before) return [];
    const flood: Flood = {
      kind,
      detection: hits[0].detection,
      hour: (now ??= counted()).hour,
      limits,
      groupKeys: groups.map(({ hits: [{ groupKey }] }) => groupKey),
      events: groups.map(({ hits: [{ event }] }) => event),
    };
    return [floodFinding(origin, flood, times.now)];
  };
  return {
    holds: (group) => {
      const [{ detection }] = group.hits;
      now ??= counted();
      const kind = floods(now, detection.id, limits);
      if (!kind) return false;
      const findingId = floodIdOf(tenant, { kind, detection, hour: now.hour });
      const known = held.get(findingId);
      if (known) known.groups.push(group);
      else held.set(findingId, { kind, groups: [group] });
      return true;
    },
    told: (times) => [...held].flatMap(([findingId, one]) => toldOf(findingId, one, times)),
    count: () => [...held.values()].reduce((sum, { groups }) => sum + groups.length, 0),
  };
};
