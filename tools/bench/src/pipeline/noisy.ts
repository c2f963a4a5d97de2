import { delaysAt, type MeasuredDelays } from './latency.js';
import { rowsIn } from './lake-look.js';
import { untilThrough } from './pipeline-round.js';
import { newLoad, tenantsOf, type Run } from './run.js';
import { sendAll } from './send.js';

export interface NoisyTask {
  /** Of all quiet tenants together, a second. */
  rate: number;
  seconds: number;
  /** What the noisy one sends as fast as the broker takes it, meanwhile. */
  events: number;
}

/** Delays of quiet tenants, alone and beside the noisy one. */
export interface NoisyFigures {
  quietTenants: number;
  alone: MeasuredDelays;
  beside: MeasuredDelays;
  /** Whether the noisy one's events were all worked off before the quiet ones had stopped: then it was too short. */
  overBefore: boolean;
}

/** The first tenant becomes noisy, the others stay as they are. */
export const besideNoisy = async (run: Run, { rate, seconds, events }: NoisyTask): Promise<NoisyFigures> => {
  const { world, heard, targets } = run;
  const [loud = ''] = tenantsOf(targets);
  const [noisy, quiet] = [true, false].map((is) => ({
    ...run,
    targets: targets.filter(({ tenant }) => (tenant === loud) === is),
  })) as [Run, Run];
  const alone = await delaysAt(quiet, rate, seconds, 1);
  const load = newLoad(noisy, { events, perRecord: 1, needleEvery: 1_000 });
  const rowsBefore = await rowsIn(world.duck, [loud]);
  const publisher = world.broker.publisher();
  try {
    const sending = sendAll(publisher, load.records);
    const beside = await delaysAt(quiet, rate, seconds, 1);
    const overBefore = load.needles.every((needle) => heard.raisedAt(needle) !== undefined);
    await sending;
    await untilThrough({ world, heard, tenants: [loud], load }, rowsBefore);
    return { quietTenants: tenantsOf(quiet.targets).length, alone, beside, overBefore };
  } finally {
    await publisher.close();
  }
};
