import type { Asset, Identity } from '#contracts';
import { assetsReplaced, identitiesReplaced } from '#libs/terms';
import { same } from './checks.js';

/**
 * Puts new ones over known ones of the same id; the order of first registration stays. What is said as it was stays the
 * same object, and so does the list where all of it is: what differs is found without looking into either.
 */
const inPlace =
  <Thing>(
    idOf: (thing: Thing) => string,
    replaced: (before: readonly Thing[], after: readonly Thing[], gone: Thing[], come: Thing[]) => void,
  ) =>
  (known: Thing[], fresh: readonly Thing[]): Thing[] => {
    if (fresh.length === 0) return known;
    const places = new Map(known.map((thing, place) => [idOf(thing), place]));
    const all = [...known];
    const [gone, come]: [Thing[], Thing[]] = [[], []];
    for (const thing of fresh) {
      const place = places.get(idOf(thing));
      const was = place === undefined ? undefined : known[place];
      if (was && same(was, thing)) continue;
      come.push(thing);
      if (was) gone.push(was);
      all[place ?? all.length] = thing;
    }
    if (come.length === 0) return known;
    replaced(known, all, gone, come);
    return all;
  };

export const assetsWith = inPlace<Asset>(({ assetId }) => assetId, assetsReplaced);
export const identitiesWith = inPlace<Identity>(({ identityId }) => identityId, identitiesReplaced);

/** What of a list another one, made of it in place, does not have at the same place. */
export const newIn = <Thing>(after: readonly Thing[], before: readonly Thing[]): Thing[] =>
  after.filter((thing, place) => thing !== before[place]);
