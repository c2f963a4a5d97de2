import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { deleteTopics, ensureTopics, ingestTopicSpec, type Broker, type OutRecord } from '#libs/events';
import { Fault } from '#libs/model';
import type { Stack } from '#stack';
import { cpuSince, whileHeld, type NamedProcesses } from './process-use.js';
import { sendAll } from './send.js';

const PROGRAM = 'dist/tools/bench/src/pipeline/hop-run.js';
const PATIENCE_MS = 120_000;

/** What a process of the floor does. */
export interface HopTask {
  brokers: string[];
  username: string;
  password: string;
  group: string;
  from: string;
  /** Absent: it is the last. */
  to?: string;
  /** After so many records it tells, each in turn. */
  marks: number[];
}

/** At epoch ms. */
export type HopSaid = 'ready' | { seen: number; at: number };

/** A measured part of the floor. */
export interface FloorRound {
  events: number;
  ms: number;
  cpuMs: Record<string, number>;
  /** The first hop stood still until all was sent. */
  waited: boolean;
  /** Whether the services stood still to its end. */
  quiet: boolean;
}

/** What the floor is measured on. */
export interface FloorWanted {
  stack: Stack;
  broker: Broker;
  /** What stands still meanwhile. */
  services: NamedProcesses;
  /** Nth floor of this run: its topics are its own. */
  nth: number;
  events: number;
  records: readonly OutRecord[];
  /** All is sent before the first hop reads. */
  backlog: boolean;
}

interface Hop {
  child: ChildProcess;
  /** When it had seen so many, epoch ms. */
  reached(mark: number): Promise<number>;
}

const startHop = async (task: HopTask): Promise<Hop> => {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', BENCH_HOP: JSON.stringify(task) };
  const child = fork(PROGRAM, [], { env });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Fault(`a hop of the floor ended with ${String(code)}`);
  });
  // Whoever waits for it is told; its end afterwards is nobody's concern.
  ended.catch(() => undefined);
  const reached = (mark: number): Promise<number> =>
    new Promise((resolve) =>
      child.on('message', (said: HopSaid) => said !== 'ready' && said.seen === mark && resolve(said.at)),
    );
  const times = new Map(task.marks.map((mark) => [mark, Promise.race([reached(mark), ended])]));
  for (const time of times.values()) time.catch(() => undefined);
  await Promise.race([once(child, 'message'), ended]);
  return { child, reached: (mark) => times.get(mark)! };
};

const within = async <T>(what: string, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Fault(`waited in vain for ${what}`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Programs are slower at first. */
const WARM_UP_RECORDS = 3_000;
const warmUpOf = (records: readonly OutRecord[]): readonly OutRecord[] => records.slice(0, WARM_UP_RECORDS);

const HOPS = ['collection', 'enrichment', 'detection', 'lake'] as const;

const tasksOf = (
  { stack, nth, records }: FloorWanted,
  topics: [string, string, string],
): Record<(typeof HOPS)[number], HopTask> => {
  const marks = [warmUpOf(records).length, warmUpOf(records).length + records.length];
  const at = { brokers: stack.brokers, ...stack.admin, marks };
  const [ingest, second, third] = topics;
  return {
    collection: { ...at, group: `floor-${nth}-1`, from: ingest, to: second },
    enrichment: { ...at, group: `floor-${nth}-2`, from: second, to: third },
    detection: { ...at, group: `floor-${nth}-3`, from: third },
    lake: { ...at, group: `floor-${nth}-4`, from: third },
  };
};

/**
 * The same records by the same broker and client, through as many processes as the pipeline has, without our work:
 * what is read is sent on as it is, and the next is read before it is acknowledged. Two read what comes last.
 */
export const floorRound = async (wanted: FloorWanted): Promise<FloorRound> => {
  const { broker, stack, services, nth, events, records, backlog } = wanted;
  const ingest = ingestTopicSpec('floor', `hop-${nth}`);
  const others = [`floor.${nth}.second`, `floor.${nth}.third`] as const;
  const specs = [
    ingest,
    ...others.map((topic) => ({ ...ingest, topic, config: { ...ingest.config, 'max.message.bytes': '4194304' } })),
  ];
  await ensureTopics(broker, specs);
  const tasks = tasksOf(wanted, [ingest.topic, ...others]);
  const hops = await Promise.all(HOPS.map((name) => startHop(tasks[name])));
  const publisher = broker.publisher();
  const toFloor = (some: readonly OutRecord[]): OutRecord[] =>
    some.map((record) => ({ ...record, topic: ingest.topic }));
  const [warm, all] = tasks.lake.marks as [number, number];
  const reached = (mark: number): Promise<number[]> =>
    within('the floor', Promise.all(hops.slice(2).map((hop) => hop.reached(mark))));
  try {
    await sendAll(publisher, toFloor(warmUpOf(records)));
    await reached(warm);
    const own = Object.fromEntries(HOPS.map((name, at) => [name, hops[at]!.child.pid!]));
    const { done, held } = await whileHeld(services, async () => {
      const send = (): Promise<number> => sendAll(publisher, toFloor(records));
      const waited = !backlog || (await whileHeld({ first: own.collection! }, send)).held;
      const spent = cpuSince({ ...own, broker: stack.pids.broker! });
      const from = Date.now();
      if (!backlog) await send();
      return { ms: Math.max(...(await reached(all))) - from, cpuMs: spent(), waited };
    });
    return { events, ...done, quiet: held };
  } finally {
    await publisher.close();
    for (const { child } of hops) if (child.connected) child.disconnect();
    await deleteTopics(
      broker,
      specs.map(({ topic }) => topic),
    );
  }
};
