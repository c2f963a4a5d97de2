import type { Sample } from './types.js';

/** Samples with a finding. */
export const SAMPLES = 10;
/** Of them, those that keep their attachments. */
export const ATTACHED = 3;

/**
 * Something a node has heard of one of its rules: an event, or a finding of a correlation further in with its samples.
 */
export type Part = { at: number; step: number; samples: Sample[] };

/**
 * What a group has counted: plain data, so that it can be kept. Which members are used depends on the type of the
 * correlation.
 */
export type CorrelationTally = {
  /** The latest that count, oldest first. */
  parts: Part[];
  /** Times in the window, oldest first, and the numbers that belong to them. */
  times: number[];
  numbers: number[];
  sum: number;
  /** Distinct values, the one seen longest ago first; the latest with what they were seen in. */
  values: { value: string; at: number; part?: Part }[];
  /** By step: the chain of parts in order that leads there and began last. */
  chains: (Part[] | null)[];
};

export const emptyTally = (): CorrelationTally => ({
  parts: [],
  times: [],
  numbers: [],
  sum: 0,
  values: [],
  chains: [],
});

const weightOfPart = ({ samples }: Part): number =>
  samples.reduce(
    (sum, { eventId, note = '', attachment = '' }) => sum + 150 + eventId.length + note.length + attachment.length,
    130,
  );
const weightOfParts = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + weightOfPart(part), 0);

/** Estimate of its bytes. */
export const weightOf = ({ parts, times, numbers, values, chains }: CorrelationTally): number =>
  weightOfParts(parts) +
  8 * (times.length + numbers.length) +
  values.reduce((sum, { value }) => sum + 64 + 2 * value.length, 0) +
  weightOfParts(values.slice(-SAMPLES).flatMap(({ part }) => (part ? [part] : []))) +
  chains.reduce((sum, chain) => sum + weightOfParts(chain ?? []), 0);

/** Ten samples of these parts, some of each; oldest first. */
export const samplesOf = (parts: readonly Part[]): Sample[] => {
  const each = Math.max(1, Math.floor(SAMPLES / Math.max(1, parts.length)));
  const taken = parts.slice(-SAMPLES).flatMap(({ samples }) => samples.slice(-each));
  return [...new Map(taken.map((sample) => [sample.eventId, sample])).values()].sort((a, b) => a.at - b.at);
};
