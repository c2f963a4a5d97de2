import type { GrantFact, Role } from '#contracts';
import type { View } from '#libs/model';

/** Tenants by role; `*` stands for all. */
export interface GrantDoc {
  subject: string;
  roles: Partial<Record<Role, string[]>>;
}

/** One document a subject, in the scope of the operator. */
export const grants: View<GrantDoc, GrantFact> = {
  name: 'grants',
  hears: ['grant.given', 'grant.revoked'],
  keys: ({ message }) => [message.subject],
  show: (doc, { message: { type, subject, role, tenants } }) => {
    const before = doc?.roles[role] ?? [];
    const after =
      type === 'grant.given'
        ? [...new Set([...before, ...tenants])]
        : before.filter((tenant) => !tenants.includes(tenant));
    return { subject, roles: { ...doc?.roles, [role]: after } };
  },
};
