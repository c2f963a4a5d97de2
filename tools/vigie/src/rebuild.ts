import type { Broker } from '#libs/events';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import type { Stack } from '#stack';
import { definitions } from './definitions.js';
import { factsForViews } from './facts.js';

/** A document of a view that is not what the facts say. */
export interface Found {
  service: string;
  view: string;
  tenant: string;
  key: string;
  kind: string;
  /** They know different facts: one lags, which is no error by itself. */
  lag: boolean;
}

/** Builds every view anew from the facts; with `check` it is only compared with the live one. @returns what differed. */
export const rebuildViews = async (stack: Stack, broker: Broker, { check, say }: { check: boolean; say(line: string): void }): Promise<Found[]> => {
  const log = openLog('vigie', 'silent');
  const facts = await factsForViews(stack, broker, log);
  say(`${facts.length} facts`);
  const found: Found[] = [];
  for (const { name: service, shows = [] } of definitions.filter((one) => one.shows?.length)) {
    const store = await openStore({ url: stack.mongoUrl, service, log });
    for (const view of shows) {
      const differences = await store.rebuildView(view, facts.filter(({ envelope }) => (view.hears as string[]).includes(envelope.type)), { check });
      found.push(...differences.map(({ tenant, key, kind, lag }) => ({ service, view: view.name, tenant, key, kind, lag })));
      say(`${service} ${view.name}: ${differences.length} differences`);
    }
    await store.close();
  }
  return found;
};
