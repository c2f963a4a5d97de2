import { keptTime, noTime, readTime, type EventTime } from '../domain/event-time/waiting.js';
import { overBy, type Floods, type Raised } from '../domain/flood/counting.js';
import { toForget, type Tracked } from '../domain/repeats/tracking.js';
import type { Keeper } from '../checkpoints/partition.js';

/** Raised whenever what is kept of a finding changes: checkpoints of another version hold no findings. */
const VERSION = 1;

/** What is kept of a partition of telemetry. */
export interface KeptOfTelemetry {
  findings: Map<string, Tracked>;
  /** New findings of the hour. */
  floods: Floods;
  time: EventTime;
}

type Bytes = {
  version: number;
  findings: [string, Tracked][];
  floods?: [string, Raised][];
  time?: ReturnType<typeof keptTime>;
};

const readBytes = (bytes: Buffer): Bytes => {
  const read = JSON.parse(bytes.toString('utf8')) as Bytes;
  return read.version === VERSION ? read : { version: VERSION, findings: [] };
};

/** @returns the findings of a checkpoint; none when another version wrote it. */
export const fromBytes = (bytes: Buffer): Map<string, Tracked> => new Map(readBytes(bytes).findings);

/** Findings of another version are raised again under the same ids. @param now our clock, epoch ms. */
export const keeperOf = (mostFindings: number, now: () => number): Keeper<KeptOfTelemetry> => ({
  read: (bytes) => {
    if (!bytes) return { findings: new Map(), floods: new Map(), time: noTime() };
    const { findings, floods = [], time } = readBytes(bytes);
    return { findings: new Map(findings), floods: new Map(floods), time: readTime(time, now()) };
  },
  bytes: ({ findings, floods, time }) =>
    Buffer.from(
      JSON.stringify({ version: VERSION, findings: [...findings], floods: [...floods], time: keptTime(time, now()) }),
    ),
  trim: ({ findings, floods }, recordedAt) => {
    for (const tenant of overBy(floods, recordedAt)) floods.delete(tenant);
    for (const findingId of toForget(findings, recordedAt, mostFindings)) findings.delete(findingId);
  },
});
