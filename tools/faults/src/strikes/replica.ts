import { pause } from '#stack';
import type { PlannedFault, ReplicaName } from '../plan/kinds.js';
import type { DisturbedPlace } from '../place/place.js';
import type { Struck } from './struck.js';

/** Of a slow replica: it runs a tenth of the time. */
const RUNS_MS = 50;
const RESTS_MS = 450;

/** The replica that a fault strikes. */
export const placed = ({ at, kind }: PlannedFault): ReplicaName => {
  if (!at) throw new Error(`${kind} strikes a replica`);
  return at;
};

export const killReplica = async ({ fleet }: DisturbedPlace, fault: PlannedFault): Promise<Struck> => {
  const name = placed(fault);
  await fleet.kill(name);
  await pause(fault.seconds * 1_000);
  await fleet.start(name);
  return {};
};

/** Its work goes to others meanwhile; when it wakes it believes that it still has it. */
export const stopReplica = async ({ fleet }: DisturbedPlace, fault: PlannedFault): Promise<Struck> => {
  const name = placed(fault);
  fleet.signal(name, 'SIGSTOP');
  await pause(fault.seconds * 1_000);
  fleet.signal(name, 'SIGCONT');
  await fleet.ready(name);
  return {};
};

export const leaveAndReturn = async ({ fleet }: DisturbedPlace, fault: PlannedFault): Promise<Struck> => {
  const name = placed(fault);
  await fleet.leave(name);
  await pause(fault.seconds * 1_000);
  await fleet.start(name);
  return {};
};

export const slowReplica = async ({ fleet }: DisturbedPlace, fault: PlannedFault): Promise<Struck> => {
  const name = placed(fault);
  for (const until = Date.now() + fault.seconds * 1_000; Date.now() < until; ) {
    fleet.signal(name, 'SIGSTOP');
    await pause(RESTS_MS);
    fleet.signal(name, 'SIGCONT');
    await pause(RUNS_MS);
  }
  return {};
};
