import type { FindingRaised } from '#contracts';
import { countedIn, floods, type FloodKind, type FloodLimits, type RaisedInHour } from '../domain/flood/counting.js';
import { floodFinding, floodIdOf, type Flood } from '../domain/flood/flood-finding.js';
import type { HitGroup } from '../domain/hits/groups.js';
import type { Hit, Origin } from '../domain/hits/hit.js';
import { track, type Times } from '../domain/repeats/tracking.js';
import { knownIn, setIn, type ShardInHand } from './chunk.js';

/** New findings of one batch that are not raised, because their rule floods. */
export interface FloodGate {
  /** Counts a new finding. @returns whether it is held back */
  holds(group: HitGroup): boolean;
  /** The findings that say so, of this batch; those said before count on. */
  told(times: Times): FindingRaised[];
  count(): number;
}

/** Groups that are held back, by the finding that stands for them. */
type HeldGroups = Map<string, { kind: FloodKind; groups: HitGroup[] }>;

const inOrder = (a: Hit, b: Hit): number => a.event.offset - b.event.offset || a.event.index - b.event.index;

/** What the tenant has raised in this hour: a copy in the chunk, which is given up if it fails. */
const counting = ({ partition: { recordedAt, kept }, chunk }: ShardInHand, tenant: string): RaisedInHour => {
  const mine = countedIn(chunk.floods.get(tenant) ?? kept.floods.get(tenant), recordedAt);
  chunk.floods.set(tenant, mine);
  return mine;
};

const floodOf = (kind: FloodKind, groups: HitGroup[], [first]: [Hit, ...Hit[]]): Omit<Flood, 'hour' | 'limits'> => ({
  kind,
  detection: first.detection,
  groupKeys: groups.map(({ hits: [{ groupKey }] }) => groupKey),
  events: groups.map(({ hits: [{ event }] }) => event),
});

/** Counts the hits of groups that are held back in the finding that stands for them. @returns it, when it is new */
const countHeld = (
  hand: ShardInHand,
  origin: Origin,
  flood: Flood,
  { findingId, hits }: HitGroup,
  times: Times,
): FindingRaised[] => {
  const before = knownIn(hand, findingId);
  setIn(hand, findingId, track(before, origin, { findingId, hits }, times));
  return before ? [] : [floodFinding(origin, flood, times.now)];
};

export const floodGate = (hand: ShardInHand, origin: Origin, limits: FloodLimits): FloodGate => {
  const { tenant } = origin;
  const held: HeldGroups = new Map();
  let counted: RaisedInHour | undefined;
  const now = (): RaisedInHour => (counted ??= counting(hand, tenant));
  return {
    holds: (group) => {
      const [{ detection }] = group.hits;
      const kind = floods(now(), detection.id, limits);
      if (!kind) return false;
      const findingId = floodIdOf(tenant, { kind, detection, hour: now().hour });
      const known = held.get(findingId);
      if (known) known.groups.push(group);
      else held.set(findingId, { kind, groups: [group] });
      return true;
    },
    told: (times) =>
      [...held].flatMap(([findingId, { kind, groups }]) => {
        const hits = groups.flatMap((group) => group.hits).sort(inOrder) as [Hit, ...Hit[]];
        const flood = { ...floodOf(kind, groups, hits), hour: now().hour, limits };
        return countHeld(hand, origin, flood, { findingId, hits }, times);
      }),
    count: () => [...held.values()].reduce((sum, { groups }) => sum + groups.length, 0),
  };
};
