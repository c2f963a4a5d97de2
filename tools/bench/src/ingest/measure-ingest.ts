import type { SourceKind } from '#contracts';
import { ingestTopic, toRecord, type OutRecord } from '#libs/events';
import type { Out } from '#libs/service';
import { normaliser } from '../../../../services/collection/src/pipes/normaliser.js';
import type { MutatedParser } from '../mutations/line-forms.js';
import { bodiesOf, linesOf, nativeOf, WAYS, type MeasuredWay } from './bodies.js';
import { openDoors, OWNER, type BenchDoors } from './doors.js';

const RECEIVED_AT = Date.UTC(2026, 10, 3);
/** Records of one fetch. */
const FETCHED = 500;

/** The least CPU of some rounds; `ratio` over the floor's of the same run. */
export type WayFigures = { way: MeasuredWay; cpuUs: number; ratio: number; eventsPerCpuSecond: number; dead: number };

export type IngestFigures = {
  parser: string;
  events: number;
  bytes: number;
  /** Of reading the same bytes as text and `JSON.parse`ing each event. */
  floorUs: number;
  ways: WayFigures[];
};

/** The normaliser's way out: records are made as they are for Kafka, and go nowhere. */
const intoNothing = (): { out: Out; letters(): number } => {
  let letters = 0;
  const out: Out = {
    send: async () => undefined,
    record: (tenant, message, envelope) =>
      toRecord(
        { source: 'collection', subject: '', time: RECEIVED_AT, ...envelope, type: message.type, tenant },
        message,
      ),
    setAside: async () => void (letters += 1),
  };
  return { out, letters: () => letters };
};

/** What the service does of what lies on the topic, in batches as they are fetched; how many dead letters it makes. */
const normalise = async (kind: SourceKind, records: readonly OutRecord[]): Promise<number> => {
  const sources = [{ name: OWNER.source, kind, silentAfterMinutes: 60, receipts: false }];
  const { out, letters } = intoNothing();
  const pipe = normaliser({ get: () => ({ sources }), all: () => [] });
  const lying = records.map((record, at) => ({
    ...record,
    ...{ partition: 0, offset: String(at), timestamp: RECEIVED_AT },
  }));
  for (let from = 0; from < lying.length; from += FETCHED)
    await pipe.handle(
      {
        ...{ topic: ingestTopic(OWNER.tenant, OWNER.source), partition: 0, heartbeat: async () => undefined },
        records: lying.slice(from, from + FETCHED),
      },
      out,
    );
  return letters();
};

const cpuOf = async (work: () => Promise<number> | number): Promise<{ us: number; dead: number }> => {
  const before = process.cpuUsage();
  const dead = await work();
  const { user, system } = process.cpuUsage(before);
  return { us: user + system, dead };
};

const parseAll = (bytes: Buffer): number => {
  for (const line of bytes.toString('utf8').split('\n')) if (line !== '') JSON.parse(line);
  return 0;
};

type Task = { name: MeasuredWay | 'floor'; work: () => Promise<number> | number };

const tasksOf = (doors: BenchDoors, { kind }: MutatedParser, lines: readonly Buffer[]): Task[] => {
  const native = Buffer.concat(nativeOf(lines).flatMap((line) => [line, Buffer.from('\n')]));
  const ways = WAYS.map((name) => {
    const bodies = bodiesOf(name, lines);
    return { name, work: async () => normalise(kind, await doors.send(name, bodies, lines.length)) };
  });
  return [{ name: 'floor', work: () => parseAll(native) }, ...ways];
};

type LeastFigures = Map<Task['name'], { us: number; dead: number }>;

const roundOf = async (tasks: readonly Task[], least: LeastFigures): Promise<void> => {
  for (const { name, work } of tasks) {
    const found = await cpuOf(work);
    const known = least.get(name);
    if (!known || found.us < known.us) least.set(name, found);
  }
};

/** All ways and the floor in turn, so many rounds after one that warms up; of each the round that took least. */
export const measureIngest = async (parser: MutatedParser, events: number, rounds: number): Promise<IngestFigures> => {
  const lines = linesOf(parser, events);
  const doors = await openDoors();
  const least: LeastFigures = new Map();
  try {
    const tasks = tasksOf(doors, parser, lines);
    await roundOf(tasks, new Map());
    for (let round = 0; round < rounds; round += 1) await roundOf(tasks, least);
  } finally {
    await doors.close();
  }
  const floorUs = (least.get('floor')?.us ?? 0) / events;
  return {
    parser: parser.name,
    events,
    bytes: lines.reduce((sum, { length }) => sum + length, 0),
    floorUs,
    ways: WAYS.map((way) => {
      const { us, dead } = least.get(way) ?? { us: 0, dead: 0 };
      return { way, cpuUs: us / events, ratio: us / events / floorUs, eventsPerCpuSecond: (events / us) * 1e6, dead };
    }),
  };
};
