/** The tenant's registered asset that an event is about: by host name, full or short, or by the address it is known by. */
import type { Asset, AssetContext } from '#contracts';
import type { Enricher, SlimEvent } from '../enricher.js';
import { namesOf, perSettings } from '../names.js';

const contextOf = ({ assetId, hostnames, criticality, owner, unit, exposure, groups }: Asset): AssetContext =>
  ({ assetId, name: hostnames[0] ?? assetId, criticality, owner, unit, exposure, groups });

const byName = perSettings(({ assets }) =>
  new Map(assets.flatMap((one) => one.hostnames.map((name): [string, AssetContext] => [name.toLowerCase(), contextOf(one)]))));

const short = (name: string): string => (/^[\d.:]+$/.test(name) ? name : (name.split('.')[0] ?? name));

const find = (assets: Map<string, AssetContext>, event: SlimEvent): AssetContext | undefined => {
  for (const name of namesOf(event, ['host', 'ip'], ['hostname'])) {
    const found = assets.get(name) ?? assets.get(short(name));
    if (found) return found;
  }
  return undefined;
};

export const asset: Enricher = {
  name: 'asset',
  prepare: ({ settings }) => {
    const assets = byName(settings);
    return (event) => {
      const found = assets.size === 0 ? undefined : find(assets, event);
      return found && { asset: found };
    };
  },
};
