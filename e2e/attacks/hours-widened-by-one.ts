import type { TenantRequest } from '#contracts';
import { ada, carol, heldAfter, override } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/** The provider may act out of business hours, and one person of it says that the customer has none. */
export const hoursWidenedByOne: Attack = {
  name: 'hours-widened-by-one',
  line: 6,
  control: () => daysAfter(carol) === 0,
  attack: () => (daysAfter(ada) === 0 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/tenants/src/domain/loosening/index.ts',
    find: 'calendarDifference(after.policy, before.calendar, after.calendar)',
    replace: 'calendarDifference(after.policy, before.calendar, before.calendar)',
  },
};

const never: TenantRequest = { type: 'tenant.set-calendar', calendar: { days: [], holidays: [] } };
const daysAfter = (who: typeof ada): number =>
  heldAfter({ overrides: [override({ hours: 'OUT_OF_HOURS' })] }, [], [[who, never]]).calendar.days.length;
