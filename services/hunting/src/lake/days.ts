import type { LakeEvent } from './columns.js';
import { dayOf, MIXED } from './folders.js';

/** An event and the tenant it belongs to. */
export interface TenantLakeEvent extends LakeEvent {
  tenant: string;
}

/** A row and the folder it goes to. */
export interface DatedLakeEvent extends TenantLakeEvent {
  day: string;
}

/**
 * Days for which one write makes files of a tenant, the latest; events of others share one. It is events that say of
 * which day they are.
 */
export const MOST_DAYS = 32;

export const withDays = (rows: readonly TenantLakeEvent[]): DatedLakeEvent[] => {
  const days = new Map<string, Set<string>>();
  for (const { tenant, event } of rows) days.set(tenant, (days.get(tenant) ?? new Set()).add(dayOf(event.occurredAt)));
  const own = new Map(
    [...days].map(([tenant, of]) => [tenant, of.size <= MOST_DAYS ? of : new Set([...of].sort().slice(-MOST_DAYS))]),
  );
  return rows.map((row) => {
    const day = dayOf(row.event.occurredAt);
    return { ...row, day: own.get(row.tenant)?.has(day) ? day : MIXED };
  });
};
