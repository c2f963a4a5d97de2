/** A tenant whose assets do not fit into one record: they travel as pages, and its state says which. */
import type { TenantPage, TenantState } from '#contracts';

/** Of either list: a change of one asset sends some 7 kB. What reads pages puts them together whatever they hold. */
export const THINGS_A_PAGE = 128;

/** What a page's record is kept under, after the tenant. */
export const partOfPage = ({ page }: Pick<TenantPage, 'page'>): string => `page/${page}`;

/** Its pages, from 0 on, put together. */
export const withPages = <State extends Pick<TenantState, 'assets' | 'identities'>>(
  state: State,
  pages: readonly Pick<TenantPage, 'assets' | 'identities'>[],
): State => ({
  ...state,
  assets: pages.flatMap(({ assets }) => assets),
  identities: pages.flatMap(({ identities }) => identities),
});
