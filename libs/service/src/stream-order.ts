import type { Envelope } from '#libs/model';
import { positionAfter, positionOf, versionOf, type ReadingGap } from '#libs/store';

/** A fact as it was met in its stream. */
export interface MetFact {
  streamId: string;
  /** Its place, and that of the fact behind it. */
  place: number;
  after: number;
  /** Why it cannot be read, if so: a sentence. */
  unreadable?: string;
}

/** How far a stream was read with what was met. */
export interface ReadTo {
  next: number;
  gap?: ReadingGap;
}

export interface Ordered {
  /** Of each fact whether it may be handled; one that may not comes again, behind those that are missing. */
  mayPass: boolean[];
  /** Streams that were read on, or of which something is missing. */
  read: Map<string, ReadTo>;
}

/** Beyond it places are no exact numbers. */
const MOST_VERSIONS = 2 ** 32;

/**
 * Where a fact stands in the stream of its topic; undefined for what has no place there: facts of no stream, and those
 * that name a stream of another tenant or subject.
 */
export const metFactOf = ({ subject, tenant, type, sequence }: Envelope, unreadable?: string): MetFact | undefined => {
  if (!sequence || sequence.version > MOST_VERSIONS || sequence.index >= sequence.count) return undefined;
  const [of, whose] = subject.split('/', 2);
  if (of !== type.split('.', 1)[0] || whose !== tenant) return undefined;
  return {
    streamId: subject,
    place: positionOf(sequence),
    after: positionAfter(sequence),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
};

const gapAt = (known: ReadingGap | undefined, to: number, beyond: number, reason: string): ReadingGap => ({
  to: Math.max(to, known?.to ?? 0),
  beyond: Math.min(beyond, known?.beyond ?? Infinity),
  reason: known?.reason ?? reason,
});

/** The gap that is left once a stream was read to `next`. */
const leftOf = (gap: ReadingGap | undefined, next: number): ReadingGap | undefined =>
  gap && gap.to >= next ? gap : undefined;

/**
 * Facts of streams in the order met: what stands next passes, and what was read before, as a redelivery. What stands
 * further on does not, nor what cannot be read. A stream that is met for the first time begins with what is met.
 *
 * @param nextOf the place that is to come next; undefined of a stream that was not met.
 */
export const ordered = (
  facts: readonly (MetFact | undefined)[],
  nextOf: (streamId: string) => number | undefined,
): Ordered => {
  const read = new Map<string, ReadTo>();
  const mayPass = facts.map((fact) => {
    if (!fact) return true;
    const { streamId, place, after, unreadable } = fact;
    const known = read.get(streamId);
    const next = known?.next ?? nextOf(streamId) ?? place;
    if (place < next) return unreadable === undefined;
    if (place === next && unreadable === undefined) {
      const gap = leftOf(known?.gap, after);
      read.set(streamId, { next: after, ...(gap ? { gap } : {}) });
      return true;
    }
    const reason = unreadable ?? `Facts from version ${versionOf(next)} on have not come.`;
    const gap = gapAt(known?.gap, place, place === next ? after : place, reason);
    read.set(streamId, { next, gap });
    return false;
  });
  return { mayPass, read };
};
