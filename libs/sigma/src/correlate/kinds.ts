import type { CorrelationType } from '../types.js';
import type { CorrelationNode } from './plan.js';
import { ATTACHED, SAMPLES, type Part, type CorrelationTally } from './tally.js';

/** Numbers kept of one group for a sum, an average or a percentile: beyond it the oldest goes. */
export const MOST_NUMBERS = 10_000;

/** What was heard, with the value the condition speaks of. */
export type CountedEvent = Part & { distinct: string; number: number };

/** How one type of correlation counts. */
export type Kind = {
  /** Takes it up and lets go of what is before `from`. Counting may end at `limit`. */
  add(tally: CorrelationTally, heard: CountedEvent, from: number, limit: number): void;
  /** What the window that began at `from` measures. */
  measure(tally: CorrelationTally, from: number, node: CorrelationNode): number;
  /** What a finding shows of it. */
  parts(tally: CorrelationTally, from: number): readonly Part[];
};

const partOf = ({ at, step, samples }: CountedEvent): Part => ({ at, step, samples });

const keep = (tally: CorrelationTally, heard: CountedEvent): void => {
  tally.parts.push(partOf(heard));
  if (tally.parts.length > SAMPLES) tally.parts.shift();
  detach(tally.parts[tally.parts.length - 1 - ATTACHED]);
};

const detach = (part: Part | undefined): void =>
  part?.samples.forEach((sample) => {
    delete sample.attachment;
  });

const within = ({ parts }: CorrelationTally, from: number): readonly Part[] => parts.filter(({ at }) => at >= from);

const eventCount: Kind = {
  add: (tally, heard, from, limit) => {
    const { times } = tally;
    times.push(heard.at);
    while (times.length > limit || (times[0] as number) < from) times.shift();
    keep(tally, heard);
  },
  measure: ({ times }) => times.length,
  parts: within,
};

const valueCount: Kind = {
  add: ({ values }, heard, from, limit) => {
    const before = values.findIndex(({ value }) => value === heard.distinct);
    if (before >= 0) values.splice(before, 1);
    values.push({ value: heard.distinct, at: heard.at, part: partOf(heard) });
    while (values.length > limit || (values[0] as { at: number }).at < from) values.shift();
    detach(values[values.length - 1 - ATTACHED]?.part);
    delete values[values.length - 1 - SAMPLES]?.part;
  },
  measure: ({ values }) => values.length,
  parts: ({ values }) => values.flatMap(({ part }) => (part ? [part] : [])),
};

const forgetOldest = (tally: CorrelationTally): void => {
  tally.times.shift();
  tally.sum -= tally.numbers.shift() ?? 0;
  if (tally.times.length === 0) tally.sum = 0;
};

const valueSum: Kind = {
  add: (tally, heard, from) => {
    while (tally.times.length >= MOST_NUMBERS || (tally.times[0] ?? from) < from) forgetOldest(tally);
    tally.times.push(heard.at);
    tally.numbers.push(heard.number);
    tally.sum += heard.number;
    keep(tally, heard);
  },
  measure: ({ sum }) => sum,
  parts: within,
};

const valueAverage: Kind = {
  ...valueSum,
  measure: ({ sum, numbers }) => (numbers.length === 0 ? 0 : sum / numbers.length),
};

/** Nearest rank: the smallest of the values that so many per cent of them do not exceed. */
const valuePercentile: Kind = {
  ...valueSum,
  measure: (
    { numbers },
    _from,
    {
      correlation: {
        condition: { percentile = 50 },
      },
    },
  ) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    return sorted[Math.max(1, Math.min(sorted.length, Math.ceil((percentile / 100) * sorted.length))) - 1] ?? 0;
  },
};

/** The latest part of each rule; what counts is how many rules there were. */
const temporal: Kind = {
  add: (tally, heard, from) => {
    tally.parts = [...tally.parts.filter(({ step, at }) => step !== heard.step && at >= from), partOf(heard)];
  },
  measure: (tally, from) => within(tally, from).length,
  parts: within,
};

const beganAt = (chain: readonly Part[]): number => (chain[0] as Part).at;

const inOrder = ({ chains }: CorrelationTally, from: number): readonly Part[] =>
  chains.findLast((chain): chain is Part[] => chain !== null && beganAt(chain) >= from) ?? [];

/** What counts is how many rules came in order, from the first on. */
const temporalOrdered: Kind = {
  add: ({ chains }, heard) => {
    const before = heard.step === 0 ? [] : chains[heard.step - 1];
    if (!before) return;
    const chain = [...before, partOf(heard)];
    const known = chains[heard.step];
    if (!known || beganAt(known) <= beganAt(chain)) chains[heard.step] = chain;
  },
  measure: (tally, from) => inOrder(tally, from).length,
  parts: inOrder,
};

export const kinds: Record<CorrelationType, Kind> = {
  event_count: eventCount,
  value_count: valueCount,
  value_sum: valueSum,
  value_avg: valueAverage,
  value_percentile: valuePercentile,
  temporal,
  temporal_ordered: temporalOrdered,
};
