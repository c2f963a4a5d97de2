import type { ScopedView, Store } from '#libs/store';
import { within, type Scope } from '../domain/scope.js';

/** The one way from a resolver to documents: it sees nothing beyond its scope, and resolvers are given no store. */
export interface Gate {
  scope: Scope;
  /** A view within the tenants one may see, or within those of them that are named. */
  read<Doc>(view: string, tenants?: readonly string[] | null): ScopedView<Doc>;
  /** A view of the operator's own facts, for operator-admins; what concerns a tenant is for the resolver to filter. */
  readOperator<Doc>(view: string): ScopedView<Doc>;
}

export const OPERATOR = '_operator';

/** What somebody sees who may see nothing. */
const nothing = <Doc>(): ScopedView<Doc> => ({
  get: async () => undefined,
  getMany: async () => [],
  find: async () => ({ items: [] }),
  count: async () => 0,
  reached: async () => false,
});

export const openGate = (store: Pick<Store, 'view'>, scope: Scope): Gate => ({
  scope,
  read: <Doc>(view: string, wanted?: readonly string[] | null) => {
    const tenants = within(scope, wanted);
    return tenants.length ? store.view<Doc>(view).for(tenants) : nothing<Doc>();
  },
  readOperator: <Doc>(view: string) =>
    scope.granted.OPERATOR_ADMIN?.length ? store.view<Doc>(view).for(OPERATOR) : nothing<Doc>(),
});
