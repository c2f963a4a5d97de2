import type { OutRecord, Publisher } from '#libs/events';
import { pause } from '#stack';
import { waitsOf } from '../overload/figures.js';
import { rowsIn } from './lake-look.js';
import type { LoadPlan } from './load.js';
import { untilThrough } from './pipeline-round.js';
import { newLoad, tenantsOf, type Run } from './run.js';

const TICK_MS = 5;
/** So that a hundredth of them says something, and they are no load of their own. */
const NEEDLES_A_SECOND = 10;
/** Of rate 0: one event now and then, nothing else. */
const ALONE_A_SECOND = 4;

/** How much is sent, and how many of it are needles. @param rate events a second; 0: a single one now and then. */
export const pacedPlan = (rate: number, seconds: number): Pick<LoadPlan, 'events' | 'needleEvery'> =>
  rate === 0
    ? { events: seconds * ALONE_A_SECOND, needleEvery: 1 }
    : { events: rate * seconds, needleEvery: Math.max(1, Math.round(rate / NEEDLES_A_SECOND)) };

/** Sends at a pace, whatever becomes of it. @returns when each record was sent, epoch ms. */
const sendPaced = async (publisher: Publisher, records: readonly OutRecord[], perSecond: number): Promise<number[]> => {
  const sentAt: number[] = [];
  const sends: Promise<void>[] = [];
  for (const from = performance.now(); sentAt.length < records.length; await pause(TICK_MS)) {
    const due = Math.min(records.length, Math.ceil(((performance.now() - from) / 1_000) * perSecond));
    if (due <= sentAt.length) continue;
    sends.push(publisher.send(records.slice(sentAt.length, due)));
    sends.at(-1)?.catch(() => undefined);
    while (sentAt.length < due) sentAt.push(Date.now());
  }
  await Promise.all(sends);
  return sentAt;
};

/** Which record a needle is in. */
const recordOf = (needle: string, perRecord: number): number =>
  Math.floor(Number(needle.slice(needle.lastIndexOf('-') + 1)) / perRecord);

/** What a pace does to the delay from the sending of a needle until the broker had its finding. */
export const delaysAt = async (run: Run, rate: number, seconds: number, perRecord: number) => {
  const { world, heard } = run;
  const packed = rate === 0 ? 1 : perRecord;
  const load = newLoad(run, { ...pacedPlan(rate, seconds), perRecord: packed });
  const tenants = tenantsOf(run.targets);
  const rowsBefore = await rowsIn(world.duck, tenants);
  const publisher = world.broker.publisher();
  try {
    const times = await sendPaced(publisher, load.records, (rate === 0 ? ALONE_A_SECOND : rate) / packed);
    await untilThrough({ world, heard, tenants, load }, rowsBefore);
    const delays = load.needles.map((needle) => (heard.raisedAt(needle) ?? NaN) - times[recordOf(needle, packed)]!);
    const took = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    const { count, ...waits } = waitsOf(delays);
    return { rate, seconds, sentPerSecond: Math.round(load.events / took), needles: count, ...waits };
  } finally {
    await publisher.close();
  }
};

export type MeasuredDelays = Awaited<ReturnType<typeof delaysAt>>;
