import type { View } from '#libs/model';
import type { ScopedView, Store } from '#libs/store';
import { OPERATOR } from '#libs/terms';
import { within, type CallerScope } from '../domain/scope.js';

/** A view that documents are read of. */
export type ViewOf<Doc> = Pick<View<Doc, never>, 'name' | 'show'>;

/** The one way from a resolver to documents: it sees nothing beyond its scope, and resolvers are given no store. */
export interface Gate {
  scope: CallerScope;
  /** A view within the tenants one may see, or within those of them that are named. */
  read<Doc>(view: ViewOf<Doc>, tenants?: readonly string[] | null): ScopedView<Doc>;
  /** A view of the operator's own facts, for operator-admins; what concerns a tenant is for the resolver to filter. */
  readOperator<Doc>(view: ViewOf<Doc>): ScopedView<Doc>;
}

/** What somebody sees who may see nothing. */
const nothing = <Doc>(): ScopedView<Doc> => ({
  get: async () => undefined,
  getMany: async () => [],
  find: async () => ({ items: [] }),
  count: async () => 0,
  reached: async () => false,
});

export const openGate = (store: Pick<Store, 'view'>, scope: CallerScope): Gate => ({
  scope,
  read: <Doc>({ name }: ViewOf<Doc>, wanted?: readonly string[] | null) => {
    const tenants = within(scope, wanted);
    return tenants.length ? store.view<Doc>(name).for(tenants) : nothing<Doc>();
  },
  readOperator: <Doc>({ name }: ViewOf<Doc>) =>
    scope.granted.OPERATOR_ADMIN?.length ? store.view<Doc>(name).for(OPERATOR) : nothing<Doc>(),
});
