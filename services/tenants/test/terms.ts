/** What was agreed with a tenant, in short. */
import type { BusinessCalendar, PolicyOverride, TenantPolicy } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import type { TenantTerms } from '../src/domain/loosening/index.js';

export const policy = (special: Partial<TenantPolicy> = {}): TenantPolicy => ({
  version: 1,
  mode: 'COLLABORATE',
  overrides: [],
  exclusions: [],
  approvalMinutes: 60,
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  guards: STANDARD_GUARDS,
  ...special,
});
export const override = (id: string, special: Partial<PolicyOverride> = {}): PolicyOverride => ({
  id,
  mode: 'AUTHORIZE',
  actionClasses: [],
  assetGroups: [],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
  ...special,
});
export const week = (start: string, end: string, holidays: string[] = []): BusinessCalendar => ({
  days: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start, end })),
  holidays,
});
export const terms = (special: Partial<TenantPolicy> = {}, rest: Partial<TenantTerms> = {}): TenantTerms => ({
  policy: policy(special),
  calendar: week('09:00', '17:00'),
  assets: [],
  identities: [],
  ...rest,
});
