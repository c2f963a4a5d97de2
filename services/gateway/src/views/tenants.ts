import type { TenantState } from '#contracts';
import type { View } from '#libs/model';

export type TenantDoc = Omit<TenantState, 'type'>;

/** The current form of each tenant, as it is said: without assets and identities that travel as pages. */
export const tenants: View<TenantDoc, TenantState> = {
  name: 'tenants',
  hears: ['tenant.state'],
  keys: ({ message }) => [message.tenantId],
  show: (doc, { message: { type: _type, ...form } }) => (doc && doc.version >= form.version ? doc : form),
};
