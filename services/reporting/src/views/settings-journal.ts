import type { TenantState } from '#contracts';
import type { View } from '#libs/model';
import type { SettingsJournal } from '../domain/journals/index.js';

/** One document a version of a tenant's settings: a report is recomputed with those it was made with. */
export const settingsJournal: View<SettingsJournal, TenantState> = {
  name: 'settings-journal',
  hears: ['tenant.state'],
  keys: ({ message }) => [String(message.version)],
  show: (_doc, { message }) => ({ version: message.version, state: message }),
};
