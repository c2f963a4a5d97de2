import type { TenantPage, TenantState } from '#contracts';

/** One form of a tenant's settings: reports name the version they were made with. */
export interface SettingsJournal {
  version: number;
  state: TenantState;
}

/** A page of them in one of its forms: versions of the settings name it. */
export type SettingsPage = Pick<TenantPage, 'assets' | 'identities'>;

export const settingsPageKey = (page: number, version: number): string => `${page}@${version}`;
