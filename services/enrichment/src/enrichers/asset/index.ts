/**
 * The tenant's registered asset that an event is about: by host name, full or short, or by the address it is known by.
 */
import type { Asset, AssetContext } from '#contracts';
import { findAssets } from '#libs/terms';
import type { Enricher, SlimEvent } from '../enricher.js';
import { namesOf } from '../names.js';

const contextOf = ({ assetId, hostnames, criticality, owner, unit, exposure, groups }: Asset): AssetContext => ({
  assetId,
  name: hostnames[0] ?? assetId,
  criticality,
  owner,
  unit,
  exposure,
  groups,
});

/** Context tells people more and lets nobody act: the only one that it may be is told, too. */
const find = (assets: readonly Asset[], event: SlimEvent): Asset | undefined => {
  for (const name of namesOf(event, ['host', 'ip'], ['hostname'])) {
    const {
      possible: [first, second],
    } = findAssets(assets, [name]);
    if (first && !second) return first;
  }
  return undefined;
};

export const asset: Enricher = {
  name: 'asset',
  prepare: ({ settings }) => {
    const assets = settings?.assets ?? [];
    return (event) => {
      const found = assets.length === 0 ? undefined : find(assets, event);
      return found && { asset: contextOf(found) };
    };
  },
};
