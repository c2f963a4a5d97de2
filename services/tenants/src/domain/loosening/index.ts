import type { BusinessCalendar, TenantPolicy } from '#contracts';
import { calendarDifference } from './calendars.js';
import { joinDifferences, forPeople, type PolicyDifference } from './difference.js';
import { policyDifference } from './policies.js';
import { thingsDifference, type AssetsAndIdentities } from './assets.js';

export type { AssetsAndIdentities } from './assets.js';
export { MOST_SENTENCES, type PolicyDifference } from './difference.js';

/** All that decides what may be done to what is a tenant's. */
export interface TenantTerms extends AssetsAndIdentities {
  policy: TenantPolicy;
  calendar: BusinessCalendar;
}

/**
 * What may be done under the one terms and not under the other, in words; in doubt it is looser. Nothing looser means:
 * no action that was asked about, only guided or forbidden before can be carried out now without the word that it
 * needed.
 */
export const differenceOf = (before: TenantTerms, after: TenantTerms): PolicyDifference =>
  forPeople(
    joinDifferences(
      policyDifference(before.policy, after.policy),
      calendarDifference(after.policy, before.calendar, after.calendar),
      thingsDifference(after.policy, before, after),
    ),
  );
