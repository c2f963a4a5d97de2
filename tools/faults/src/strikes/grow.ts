import { groupMembers } from '#libs/events';
import type { ServiceName } from '#libs/terms';
import { pause, until } from '#stack';
import { groupsOf } from '../../../../cli/src/index.js';
import type { PlannedFault } from '../plan/kinds.js';
import type { DisturbedPlace } from '../place/place.js';
import type { Struck } from './struck.js';

/** Every new replica, once ready, reads with each group of its service within; a group may take a minute to gather. */
const READING_WITHIN_MS = 120_000;

/** Groups of the service that fewer read with. */
const short = async ({ broker }: DisturbedPlace, service: string, to: number): Promise<string[]> => {
  const groups = (await groupsOf(broker)).filter((group) => group.startsWith(`vigie.${service}.`));
  // A group that is being rebalanced, or whose coordinator is not known yet, answers in the next round.
  const members = await groupMembers(broker, groups).catch(() => new Map<string, number>());
  return groups.filter((group) => (members.get(group) ?? 0) < to);
};

/** All start at once, while the others work; they stay. */
export const growService = async (place: DisturbedPlace, { what = '', seconds }: PlannedFault): Promise<Struck> => {
  const [service, to] = what.split(':') as [ServiceName, string];
  const more = await place.fleet.add(service, Number(to));
  if (more.length === 0) return { skipped: `${service} has ${to} replicas` };
  const begun = Date.now();
  await Promise.all(more.map((name) => place.fleet.start(name)));
  let waiting: string[] = [];
  const areAll = async (): Promise<boolean> => (waiting = await short(place, service, Number(to))).length === 0;
  const isSo = await until(`${to} readers of ${service}`, areAll, READING_WITHIN_MS).then(
    () => true,
    () => false,
  );
  const tookSeconds = Math.round((Date.now() - begun) / 1_000);
  await pause(seconds * 1_000);
  if (!isSo) return { wrong: `fewer than ${to} read with ${waiting.join(', ')}` };
  return { said: `${more.length} more replicas, each reading with every group of its service after ${tookSeconds} s` };
};
