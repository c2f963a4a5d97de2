import { Fault, reasonOf } from '#libs/model';
import { until } from '#stack';
import type { Load } from './load.js';
import type { HeardFindings } from './findings.js';
import { lastWrittenAt, rowsIn } from './lake-look.js';
import { cpuSince, whileHeld } from './process-use.js';
import { sendAll } from './send.js';
import type { BenchWorld } from './world.js';

/** A busy machine is not a broken one. */
const STILL_MS = 240_000;
const LOOK_MS = 200;

/** A measured part of the pipeline. */
export interface PipelineRound {
  events: number;
  /** From the first event until the last needle was raised, and until the last event was in the lake. */
  untilFoundMs: number;
  untilKeptMs: number;
  /** Over all of `elapsedMs`. */
  cpuMs: Record<string, number>;
  elapsedMs: number;
  /** Collection stood still until all was sent; otherwise the round began earlier than was counted, and says nothing. */
  waited: boolean;
}

export interface RoundWanted {
  world: BenchWorld;
  heard: HeardFindings;
  tenants: readonly string[];
  load: Load;
  /** All is sent before collection reads. */
  backlog: boolean;
}

/** The latest moment of needles that were raised. */
const lastRaised = ({ raisedAt }: HeardFindings, needles: readonly string[]): number =>
  Math.max(...needles.map((needle) => raisedAt(needle) ?? 0));

const allRaised = ({ heard, load: { needles } }: Pick<RoundWanted, 'heard' | 'load'>): boolean =>
  needles.every((needle) => heard.raisedAt(needle) !== undefined);

/**
 * Waits until all needles are found and all events are in the lake, as long as either comes on.
 * @throws Fault when nothing has come for four minutes, with what had.
 */
export const untilThrough = async (wanted: Omit<RoundWanted, 'backlog'>, rowsBefore: number): Promise<void> => {
  const { world, heard, tenants, load } = wanted;
  let rows = rowsBefore;
  const look = async (): Promise<boolean> => {
    // The broker and the services have these cores, too: the lake is looked at when the findings are there.
    if (!allRaised(wanted)) return false;
    rows = await rowsIn(world.duck, tenants);
    return rows >= rowsBefore + load.events;
  };
  const progress = (): string => `${rows} ${heard.counts().size}`;
  await until('the end of the pipeline', look, STILL_MS, { everyMs: LOOK_MS, forgiving: true, progress }).catch(
    async (error: unknown) => {
      rows = await rowsIn(world.duck, tenants).catch(() => rows);
      const raised = load.needles.filter((needle) => heard.raisedAt(needle) !== undefined).length;
      const came = `${raised} of ${load.needles.length} needles were raised, ${rows - rowsBefore} of ${load.events} events are in the lake`;
      throw new Fault(`${reasonOf(error)}: ${came}`, { cause: error });
    },
  );
};

/** Sends a load and waits until all that follows from it is there. */
export const pipelineRound = async (wanted: RoundWanted): Promise<PipelineRound> => {
  const { world, heard, tenants, load, backlog } = wanted;
  const rowsBefore = await rowsIn(world.duck, tenants);
  const publisher = world.broker.publisher();
  try {
    const send = (): Promise<number> => sendAll(publisher, load.records);
    const waited = !backlog || (await whileHeld({ collection: world.services.collection! }, send)).held;
    const spent = cpuSince(world.all);
    const from = Date.now();
    if (!backlog) await send();
    await untilThrough(wanted, rowsBefore);
    const [cpuMs, elapsedMs] = [spent(), Date.now() - from];
    const [raised, kept] = [lastRaised(heard, load.needles), await lastWrittenAt(world.duck, tenants)];
    return { events: load.events, untilFoundMs: raised - from, untilKeptMs: kept - from, cpuMs, elapsedMs, waited };
  } finally {
    await publisher.close();
  }
};
