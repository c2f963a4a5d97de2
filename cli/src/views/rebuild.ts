import type { Broker } from '#libs/events';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import type { Stack } from '#stack';
import { definitions } from '../pages/definitions.js';
import { factsForViews } from './facts.js';

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

interface RebuildOptions {
  check: boolean;
  say(line: string): void;
}

const look = async (stack: Stack, broker: Broker, { check, say }: RebuildOptions): Promise<ViewDifference[]> => {
  const log = openLog('vigie', 'silent');
  const facts = await factsForViews(stack, broker, log);
  say(`${facts.length} facts`);
  const found: ViewDifference[] = [];
  for (const { name: service, shows = [] } of definitions.filter((one) => one.shows?.length)) {
    const store = await openStore({ url: stack.mongoUrl, service, log });
    for (const view of shows) {
      const differences = await store.rebuildView(
        view,
        facts.filter(({ envelope }) => (view.hears as string[]).includes(envelope.type)),
        { check },
      );
      found.push(
        ...differences.map(({ tenant, key, kind, lag }) => ({ service, view: view.name, tenant, key, kind, lag })),
      );
      say(`${service} ${view.name}: ${differences.length} differences`);
    }
    await store.close();
  }
  return found;
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
