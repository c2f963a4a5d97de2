import type { ServiceName } from '#libs/terms';
import { until } from '#stack';
import type { PlannedFault } from '../plan/kinds.js';
import type { DisturbedPlace } from '../place/place.js';
import type { Struck } from './struck.js';

/** The first of a service's replicas that comes there ends; it is started again. A service that never comes there is told. */
export const crashReplica = async (
  { fleet }: DisturbedPlace,
  { what = '', number, seconds }: PlannedFault,
): Promise<Struck> => {
  const [, service, point] = /^(\w+):(.*)$/.exec(what) ?? [];
  const from = fleet.ended.length;
  const disarm = fleet.arm(service as ServiceName, `${point}#${number}`);
  const ended = await until(
    `the end of a replica at ${what}`,
    () => fleet.ended.slice(from).find(({ name, code }) => name.service === service && code === null),
    seconds * 1_000,
  ).catch(() => undefined);
  disarm();
  if (!ended) return { skipped: `no replica came to ${what}` };
  ended.isMeant = true;
  await fleet.ready(ended.name);
  return { said: `${ended.replica} ended at ${point}` };
};
