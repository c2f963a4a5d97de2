import type { Asset, Identity, TenantPage, TenantPages, TenantState } from '#contracts';
import { THINGS_A_PAGE } from '#libs/terms';

type StatedForm = Omit<TenantState, 'type'>;
interface Things {
  assets: readonly Asset[];
  identities: readonly Identity[];
}

/** Until then a tenant's whole state is one record, as readers of before know it. */
const UNPAGED_AT_MOST = 2_000;

/** Whether a tenant of these is said in pages. Once it is, it stays so. */
export const isPaged = ({ paged }: Pick<StatedForm, 'paged'>, { assets, identities }: Things): boolean =>
  Boolean(paged) || Math.max(assets.length, identities.length) > UNPAGED_AT_MOST;

const sliceOf = <Thing>(things: readonly Thing[], page: number): Thing[] =>
  things.slice(page * THINGS_A_PAGE, (page + 1) * THINGS_A_PAGE);

const isAlike = <Thing>(before: readonly Thing[], after: readonly Thing[]): boolean =>
  before.length === after.length && before.every((thing, place) => thing === after[place]);

const countOf = ({ assets, identities }: Things): number =>
  Math.ceil(Math.max(assets.length, identities.length) / THINGS_A_PAGE);

/** Pages to be said with a change: those in which something is new, and of a tenant whose service has ended all, empty. */
export const changedPages = (before: StatedForm, after: StatedForm, tenantId: string): TenantPage[] => {
  if (!isPaged(after, after)) return [];
  const known = before.paged?.versions.length ?? 0;
  return Array.from({ length: Math.max(known, countOf(after)) }, (_, page) => page).flatMap((page): TenantPage[] => {
    const [assets, identities] = [sliceOf(after.assets, page), sliceOf(after.identities, page)];
    const isSaid =
      page < known &&
      isAlike(sliceOf(before.assets, page), assets) &&
      isAlike(sliceOf(before.identities, page), identities);
    return isSaid ? [] : [{ type: 'tenant.page', tenantId, page, version: after.version + 1, assets, identities }];
  });
};

/** Of which pages the state consists once one more is said. */
export const pagesWith = ({ paged, assets, identities }: StatedForm, { page, version }: TenantPage): TenantPages => {
  const versions = [...(paged?.versions ?? [])];
  versions[page] = version;
  return {
    assets: assets.length,
    identities: identities.length,
    versions: versions.slice(0, countOf({ assets, identities })),
  };
};
