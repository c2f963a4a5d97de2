import type { TenantPage } from '#contracts';
import type { View } from '#libs/model';
import { settingsPageKey, type SettingsPage } from '../domain/journals/index.js';

/** Assets and identities of a tenant that has pages of them: one document a page and version of it. */
export const settingsPages: View<SettingsPage, TenantPage> = {
  name: 'settings-pages',
  hears: ['tenant.page'],
  keys: ({ message: { page, version } }) => [settingsPageKey(page, version)],
  show: (_doc, { message: { assets, identities } }) => ({ assets, identities }),
};
