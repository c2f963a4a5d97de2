import type { OutRecord } from '#libs/events';
import {
  correlationStateBytes,
  correlationStateFrom,
  emptyCorrelationState,
  growthOf,
  type CorrelationOptions,
  type CorrelationState,
  type Growth,
} from '#libs/sigma';
import type { StateCodec } from '../checkpoints/partition.js';
import { keptOf, roomOf, type ByShard } from '../checkpoints/shards.js';
import { overBy, type Floods, type RaisedInHour } from '../domain/flood/counting.js';
import { toForget, type TrackedFinding } from '../domain/repeats/tracking.js';

const TOLD_AT_MOST = 1_000;

/** What is kept of a partition of matches. */
export interface CorrelateState {
  shards: ByShard<CorrelationState>;
  /** New findings of the hour, and the findings that say that a correlation floods. */
  floods: Floods;
  told: Map<string, TrackedFinding>;
  /** Raised, and not yet with the broker: never part of a checkpoint. */
  unsent: OutRecord[];
}

interface KeptHead {
  floods: [string, RaisedInHour][];
  told: [string, TrackedFinding][];
  /** In the order of their bytes. */
  shards: [shard: number, bytes: number][];
}

/** First a line of JSON; the bytes of the shards follow. What was kept without shards is not read. */
const MARK = Buffer.from('shards ');

const headOf = (bytes: Buffer | undefined): { head: KeptHead; from: number } => {
  const end = bytes?.subarray(0, MARK.length).equals(MARK) ? bytes.indexOf('\n') : -1;
  return bytes && end > 0
    ? { head: JSON.parse(bytes.toString('utf8', MARK.length, end)) as KeptHead, from: end + 1 }
    : { head: { floods: [], told: [], shards: [] }, from: 0 };
};

export const correlateCodec: StateCodec<CorrelateState> = {
  read: (bytes, isMine) => {
    const { head, from } = headOf(bytes);
    const shards: CorrelateState['shards'] = new Map();
    let at = from;
    for (const [shard, length] of head.shards) {
      if (bytes && isMine(shard)) shards.set(shard, correlationStateFrom(bytes.subarray(at, at + length)));
      at += length;
    }
    return { shards, floods: new Map(head.floods), told: new Map(head.told), unsent: [] };
  },
  bytes: ({ shards, floods, told }) => {
    const parts = [...shards].map(([shard, state]) => ({ shard, bytes: correlationStateBytes(state) }));
    const head: KeptHead = {
      floods: [...floods],
      told: [...told],
      shards: parts.map(({ shard, bytes }) => [shard, bytes.length]),
    };
    return Buffer.concat([MARK, Buffer.from(`${JSON.stringify(head)}\n`), ...parts.map(({ bytes }) => bytes)]);
  },
  trim: ({ floods, told }, recordedAt) => {
    for (const tenant of overBy(floods, recordedAt)) floods.delete(tenant);
    for (const findingId of toForget(told, recordedAt, TOLD_AT_MOST)) told.delete(findingId);
  },
};

/** Where a record is counted, and within which bounds: what the other shards of its partition leave. */
export const countedHere = (
  { shards }: CorrelateState,
  shard: number,
  options: CorrelationOptions,
): { state: CorrelationState; options: CorrelationOptions } => {
  const state = keptOf(shards, shard, emptyCorrelationState);
  const { mostBytes } = options;
  if (mostBytes === undefined) return { state, options };
  const others = [...shards.values()].reduce((sum, { weight }) => sum + weight, -state.weight);
  return { state, options: { ...options, mostBytes: roomOf(mostBytes, others) } };
};

/** What all shards of a partition hold. */
export const heldIn = ({ shards }: CorrelateState): Pick<Growth, 'groups' | 'bytes'> => {
  const all = [...shards.values()].map(growthOf);
  const sum = (of: (one: Growth) => number): number => all.reduce((total, one) => total + of(one), 0);
  return { groups: sum(({ groups }) => groups), bytes: sum(({ bytes }) => bytes) };
};
