import { keptTime, noTime, readTime, type EventTime } from '../domain/event-time/waiting.js';
import { overBy, type Floods, type RaisedInHour } from '../domain/flood/counting.js';
import { toForget, type TrackedFinding } from '../domain/repeats/tracking.js';
import type { StateCodec } from '../checkpoints/partition.js';

/** Raised whenever what is kept of a finding changes: checkpoints of another version hold no findings. */
const VERSION = 1;

/** What is kept of a partition of telemetry. */
export interface TelemetryState {
  findings: Map<string, TrackedFinding>;
  /** New findings of the hour. */
  floods: Floods;
  time: EventTime;
}

type Bytes = {
  version: number;
  findings: [string, TrackedFinding][];
  floods?: [string, RaisedInHour][];
  time?: ReturnType<typeof keptTime>;
};

const readBytes = (bytes: Buffer): Bytes => {
  const read = JSON.parse(bytes.toString('utf8')) as Bytes;
  return read.version === VERSION ? read : { version: VERSION, findings: [] };
};

/** @returns the findings of a checkpoint; none when another version wrote it. */
export const fromBytes = (bytes: Buffer): Map<string, TrackedFinding> => new Map(readBytes(bytes).findings);

/** Findings of another version are raised again under the same ids. @param now our clock, epoch ms. */
export const telemetryCodec = (mostFindings: number, now: () => number): StateCodec<TelemetryState> => ({
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
