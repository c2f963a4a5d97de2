import type { TenantState } from '#contracts';

/** One form of a tenant's settings: reports name the version they were made with. */
export interface SettingsJournal {
  version: number;
  state: TenantState;
}
