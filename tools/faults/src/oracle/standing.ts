import { groupLag } from '#libs/events';
import { pause } from '#stack';
import { groupsOf, rebuildViews, storesOf, verifyChains } from '../../../../cli/src/index.js';
import { SERVICES_WITH_STORE } from '../place/keepers.js';
import { withStore, type DisturbedPlace } from '../place/place.js';
import { checked, type OracleCheck } from './check.js';

/** Looks, and how long after each the next comes: services say something of their own now and then. */
const LOOKS = 15;
const LOOK_MS = 1_000;

/** What is parked, waits to be read, or is to be done and was not. */
const waiting = async (place: DisturbedPlace): Promise<{ of: number; failures: Map<string, string> }> => {
  const failures = new Map<string, string>();
  const add = (what: string, more = ''): void => void failures.set(what, `stuck: ${what}${more}`);
  for (const service of SERVICES_WITH_STORE)
    await withStore(place, service, async (store) => {
      for (const { kind, id, tenant, reason } of await store.parked())
        add(`${service} parked ${kind} ${id} of ${tenant}`, `: ${reason}`);
      for (const lane of await store.effectLanes(Date.now())) add(`${service} owes effect ${lane}`);
      for (const { id, tenant } of await store.due(Date.now(), 100))
        add(`${service} holds request ${id} of ${tenant}, which is due`);
    });
  const groups = await groupsOf(place.broker);
  for (const group of groups)
    for (const { topic, partition, lag } of await groupLag(place.broker, group))
      if (lag > 0) add(`${group} does not come to the end of ${topic}/${partition}`, `: ${lag} left`);
  return { of: groups.length, failures };
};

/** What waits in each of several looks. */
const stuck = async (place: DisturbedPlace): Promise<OracleCheck> => {
  const { of, failures } = await waiting(place);
  for (let look = 1; failures.size > 0 && look < LOOKS; look += 1) {
    await pause(LOOK_MS);
    const still = await waiting(place);
    for (const what of failures.keys()) if (!still.failures.has(what)) failures.delete(what);
  }
  return checked('nothing waits', of, [...failures.values()]);
};

const views = async ({ up, broker }: DisturbedPlace): Promise<OracleCheck> => {
  let looks = 0;
  const found = await rebuildViews(up.stack, broker, { check: true, say: () => void (looks += 1) });
  return checked(
    'rebuilt views',
    looks,
    found.map(
      ({ service, view, tenant, key, kind, lag }) =>
        `view: ${service} ${view} ${tenant} ${key} is ${kind}${lag ? ', it lags' : ''}`,
    ),
  );
};

const chains = async ({ up, broker }: DisturbedPlace): Promise<OracleCheck> => {
  const { wrong, more, commits, compared } = await verifyChains({
    withStore: storesOf(up),
    broker,
    witnesses: [],
    say: () => undefined,
  });
  const failures = wrong.map(
    ({ service, streamId, version, problem }) => `chain: ${service} ${streamId}@${version}: ${problem}`,
  );
  return checked(
    'chains',
    commits,
    more > 0 ? [...failures, `chain: ${more} more`] : failures,
    `${compared ?? 0} facts on Kafka compared with them`,
  );
};

export const standingChecks = async (place: DisturbedPlace): Promise<OracleCheck[]> => [
  await stuck(place),
  await views(place),
  await chains(place),
];
