import { DAY_MS, HOUR_MS } from '#libs/terms';
import type { LakeEvent } from './columns.js';
import { dayPlace, hourPlace, MIXED } from './folders.js';

/** An event and the tenant it belongs to. */
export interface TenantLakeEvent extends LakeEvent {
  tenant: string;
}

/**
 * Hours, and days, for which one write makes files of a tenant, the latest. Events of other hours share a file of their
 * day, those of other days one file. It is events that say when they happened.
 */
export const MOST_HOURS = 32;
export const MOST_DAYS = 32;

/** The hour of a moment, since the epoch. */
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS);
const dayOfHour = (hour: number): number => Math.floor(hour / 24);

const latest = (all: Iterable<number>, most: number): Set<number> =>
  new Set([...all].sort((a, b) => a - b).slice(-most));

/** Where the events of a tenant in one write lie, by the hours (since the epoch) that they happened in. */
export const placesOf = (hours: ReadonlySet<number>): Map<number, string> => {
  const ownHours = latest(hours, MOST_HOURS);
  const ownDays = latest(new Set([...hours].filter((hour) => !ownHours.has(hour)).map(dayOfHour)), MOST_DAYS);
  const placeOf = (hour: number): string => {
    if (ownHours.has(hour)) return hourPlace(hour * HOUR_MS);
    return ownDays.has(dayOfHour(hour)) ? dayPlace(dayOfHour(hour) * DAY_MS) : MIXED;
  };
  return new Map([...hours].map((hour) => [hour, placeOf(hour)]));
};
