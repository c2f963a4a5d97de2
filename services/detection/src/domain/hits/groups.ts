import { findingIdOf } from '#libs/rules';
import type { Hit } from './hit.js';

/** Hits of one batch that belong to one finding, in the order of the events. */
export interface HitGroup {
  findingId: string;
  hits: [Hit, ...Hit[]];
}

export const idOfHit = (
  tenant: string,
  { detection: { id, windowMs }, groupKey, event: { occurredAt } }: Hit,
): string => findingIdOf(tenant, { ruleId: id, groupKey, windowMs }, occurredAt);

/** Groups in the order of their first hits. */
export const groupsOf = (tenant: string, hits: Hit[]): HitGroup[] => {
  const groups = new Map<string, HitGroup>();
  for (const hit of hits) {
    const findingId = idOfHit(tenant, hit);
    const group = groups.get(findingId);
    if (group) group.hits.push(hit);
    else groups.set(findingId, { findingId, hits: [hit] });
  }
  return [...groups.values()];
};
