import type { Asset, Entity } from '#contracts';
import { findAssets } from '#libs/terms';

/** As many as a reader looks up. */
const MOST = 2;

/** Of a network of the customer's own, as far as an address tells. */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/;

/**
 * Addresses that stand for where something happened while no host or person is known: those of registered assets first,
 * then private ones.
 */
export const addressesIn = (entities: readonly Entity[], assets: readonly Asset[] = []): string[] => {
  const ranked = (value: string): number => (findAssets(assets, [value]).sure ? 0 : PRIVATE.test(value) ? 1 : 2);
  const values = new Set(entities.filter(({ kind }) => kind === 'ip').map(({ value }) => value));
  return [...values].sort((a, b) => ranked(a) - ranked(b)).slice(0, MOST);
};
