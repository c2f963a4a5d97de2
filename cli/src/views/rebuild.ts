import type { Broker } from '#libs/events';
import type { Heard } from '#libs/model';
import { openLog } from '#libs/service';
import { openStore, type Store, type StoredView, type ViewRebuild } from '#libs/store';
import type { Stack } from '#stack';
import { definitions } from '../pages/definitions.js';
import { eachFact } from './facts.js';

/** A document of a view that is not what the facts say. */
export interface ViewDifference {
  service: string;
  view: string;
  tenant: string;
  key: string;
  kind: string;
  /** They know different facts: one lags, which is no error by itself. */
  lag: boolean;
}

/** Facts between two words on how far it is. */
const TOLD_EVERY = 50_000;

interface RebuildOptions {
  check: boolean;
  say(line: string): void;
}

/** A view that is being built anew, and whose it is. */
interface RebuiltView {
  service: string;
  view: string;
  hears: ReadonlySet<string>;
  rebuild: ViewRebuild;
}

const viewsIn = async (store: Store, service: string, shows: readonly StoredView[], check: boolean) => {
  const begun: RebuiltView[] = [];
  for (const view of shows)
    begun.push({
      ...{ service, view: view.name, hears: new Set<string>(view.hears) },
      rebuild: await store.rebuildView(view, { check }),
    });
  return begun;
};

/** Every view takes in the same facts as they are read once. */
const take = async (views: readonly RebuiltView[], facts: readonly Heard[]): Promise<void> => {
  for (const { hears, rebuild } of views) {
    const heard = facts.filter(({ message: { type } }) => hears.has(type));
    if (heard.length > 0) await rebuild.take(heard);
  }
};

const look = async (stack: Stack, broker: Broker, { check, say }: RebuildOptions): Promise<ViewDifference[]> => {
  const log = openLog('vigie', 'silent');
  const stores: Store[] = [];
  try {
    const views: RebuiltView[] = [];
    for (const { name, shows = [] } of definitions.filter((one) => one.shows?.length)) {
      const store = await openStore({ url: stack.mongoUrl, service: name, log });
      stores.push(store);
      views.push(...(await viewsIn(store, name, shows, check)));
    }
    let read = 0;
    await eachFact({ stack, broker, log }, async (facts) => {
      await take(views, facts);
      if (Math.floor(read / TOLD_EVERY) < Math.floor((read + facts.length) / TOLD_EVERY))
        say(`${read + facts.length} facts so far`);
      read += facts.length;
    });
    say(`${read} facts`);
    const found: ViewDifference[] = [];
    for (const { service, view, rebuild } of views) {
      const differences = await rebuild.end();
      found.push(...differences.map(({ tenant, key, kind, lag }) => ({ service, view, tenant, key, kind, lag })));
      say(`${service} ${view}: ${differences.length} differences`);
    }
    return found;
  } finally {
    for (const store of stores) await store.close();
  }
};

const nameOf = ({ service, view, tenant, key }: ViewDifference): string => [service, view, tenant, key].join(' ');

/**
 * Builds every view anew from the facts; with `check` it is only compared with the live one. Facts go on arriving
 * meanwhile, and those of findings carry no version that would show it: what differs is looked at once more, and told
 * when it differs still.
 * @returns what differed.
 */
export const rebuildViews = async (
  stack: Stack,
  broker: Broker,
  options: RebuildOptions,
): Promise<ViewDifference[]> => {
  const found = await look(stack, broker, options);
  if (!options.check || found.every(({ lag }) => lag)) return found;
  options.say('a second look at what differs');
  const before = new Set(found.map(nameOf));
  return (await look(stack, broker, options)).filter((one) => before.has(nameOf(one)));
};
