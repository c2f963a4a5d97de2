import type { BusinessCalendar, TenantPolicy } from '#contracts';
import { calendarDifference } from './calendars.js';
import { together, told, type Difference } from './difference.js';
import { policyDifference } from './policies.js';
import { thingsDifference, type Things } from './assets.js';

export { SENTENCES, type Difference } from './difference.js';

/** All that decides what may be done to what is a tenant's. */
export interface Terms extends Things {
  policy: TenantPolicy;
  calendar: BusinessCalendar;
}

/**
 * What may be done under the one terms and not under the other, in words; in doubt it is looser. Nothing looser means:
 * no action that was asked about, only guided or forbidden before can be carried out now without the word that it
 * needed.
 */
export const differenceOf = (before: Terms, after: Terms): Difference =>
  told(
    together(
      policyDifference(before.policy, after.policy),
      calendarDifference(after.policy, before.calendar, after.calendar),
      thingsDifference(after.policy, before, after),
    ),
  );
