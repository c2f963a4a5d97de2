import { groupLag } from '#libs/events';
import { groupsOf, rebuildViews, storesOf, verifyChains } from '../../../../cli/src/index.js';
import { SERVICES_WITH_STORE } from '../place/keepers.js';
import { withStore, type DisturbedPlace } from '../place/place.js';
import { checked, type OracleCheck } from './check.js';

/** Nothing is parked, waits to be read, or is to be done and was not. */
const stuck = async (place: DisturbedPlace): Promise<OracleCheck> => {
  const failures: string[] = [];
  let of = 0;
  for (const service of SERVICES_WITH_STORE)
    await withStore(place, service, async (store) => {
      for (const { kind, id, tenant, reason } of await store.parked())
        failures.push(`stuck: ${service} parked ${kind} ${id} of ${tenant}: ${reason}`);
      for (const lane of await store.effectLanes(Date.now())) failures.push(`stuck: ${service} owes effect ${lane}`);
      for (const { id, tenant } of await store.due(Date.now(), 100))
        failures.push(`stuck: ${service} holds request ${id} of ${tenant}, which is due`);
    });
  for (const group of await groupsOf(place.broker)) {
    of += 1;
    for (const { topic, partition, lag } of await groupLag(place.broker, group))
      if (lag > 0) failures.push(`stuck: ${group} has ${lag} left of ${topic}/${partition}`);
  }
  return checked('nothing waits', of, failures);
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
