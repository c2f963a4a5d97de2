import { keptTime, noTime, readTime, type EventTime } from '../domain/event-time/waiting.js';
import { overBy, type Floods, type RaisedInHour } from '../domain/flood/counting.js';
import { toForget, type TrackedFinding } from '../domain/repeats/tracking.js';
import type { StateCodec } from '../checkpoints/partition.js';
import { roomOf, type ByShard } from '../checkpoints/shards.js';

/** Raised whenever what is kept of a finding changes: checkpoints of another version hold no findings. */
const VERSION = 2;

/** What is kept of a shard of telemetry. */
export interface ShardTelemetry {
  findings: Map<string, TrackedFinding>;
  time: EventTime;
}

/** What is kept of a partition of telemetry. */
export interface TelemetryState {
  /** New findings of the hour; when the topic grows, new partitions go on from the same figures. */
  floods: Floods;
  shards: ByShard<ShardTelemetry>;
}

export const emptyShard = (): ShardTelemetry => ({ findings: new Map(), time: noTime() });

type Bytes = {
  version: number;
  floods: [string, RaisedInHour][];
  shards: [number, { findings: [string, TrackedFinding][]; time: ReturnType<typeof keptTime> }][];
};

const readBytes = (bytes: Buffer | undefined): Bytes => {
  const read = bytes && (JSON.parse(bytes.toString('utf8')) as Bytes);
  return read?.version === VERSION ? read : { version: VERSION, floods: [], shards: [] };
};

/** @returns the findings of a checkpoint; none when another version wrote it. */
export const fromBytes = (bytes: Buffer): Map<string, TrackedFinding> =>
  new Map(readBytes(bytes).shards.flatMap(([, { findings }]) => findings));

/** Those that are over, and of the shards that hold the most what is more than all may hold. */
const forgetFindings = (shards: ByShard<ShardTelemetry>, recordedAt: number, most: number): void => {
  const all = [...shards.values()].map(({ findings }) => findings).sort((a, b) => b.size - a.size);
  let sum = all.reduce((total, { size }) => total + size, 0);
  for (const findings of all) {
    const before = findings.size;
    for (const id of toForget(findings, recordedAt, roomOf(most, sum - before))) findings.delete(id);
    sum += findings.size - before;
  }
};

/** Findings of another version are raised again under the same ids. @param now our clock, epoch ms. */
export const telemetryCodec = (mostFindings: number, now: () => number): StateCodec<TelemetryState> => ({
  read: (bytes, isMine) => {
    const { floods, shards } = readBytes(bytes);
    const mine = shards.filter(([shard]) => isMine(shard));
    return {
      floods: new Map(floods),
      shards: new Map(
        mine.map(([shard, { findings, time }]) => [
          shard,
          { findings: new Map(findings), time: readTime(time, now()) },
        ]),
      ),
    };
  },
  bytes: ({ floods, shards }) => {
    const kept = [...shards].map(([shard, { findings, time }]) => [
      shard,
      { findings: [...findings], time: keptTime(time, now()) },
    ]);
    return Buffer.from(JSON.stringify({ version: VERSION, floods: [...floods], shards: kept }));
  },
  trim: ({ shards, floods }, recordedAt) => {
    for (const tenant of overBy(floods, recordedAt)) floods.delete(tenant);
    forgetFindings(shards, recordedAt, mostFindings);
  },
});
