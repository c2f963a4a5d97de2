import type { PieceLoss } from '#contracts';
import type { ToldRange } from '#libs/terms';

/** What a partner is told became of a range of offsets of its topic. Times are RFC 3339 in UTC. */
export interface PartnerReceipt {
  source: string;
  partition: number;
  fromOffset: number;
  /** Last offset of the range. */
  toOffset: number;
  /** When its last message came. */
  receivedAt: string;
  messages: number;
  bytes: number;
  /** Events. */
  accepted: number;
  /** Of these, by flag. */
  flagged: Record<string, number>;
  /** Of these, those that say nothing its source knows. */
  unrecognised: number;
  /** Pieces that could not be read. */
  dead: number;
  /** Why, with the first places. */
  losses: (Omit<PieceLoss, 'examples'> & { examples: { partition: number; offset: number; index: number }[] })[];
  firstOccurredAt: string | null;
  lastOccurredAt: string | null;
}

const timeOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const partnerReceiptOf = (
  { source, partition }: { source: string; partition: number },
  { at, flags, losses, firstOccurredAt, lastOccurredAt, ...counts }: ToldRange,
): PartnerReceipt => ({
  source,
  partition,
  fromOffset: counts.fromOffset,
  toOffset: counts.toOffset,
  receivedAt: new Date(at).toISOString(),
  messages: counts.messages,
  bytes: counts.bytes,
  accepted: counts.accepted,
  flagged: Object.fromEntries(flags.map(({ flag, count }) => [flag, count])),
  unrecognised: counts.unrecognised,
  dead: counts.dead,
  losses: losses.map(({ examples, ...loss }) => ({
    ...loss,
    examples: examples.map(({ offset, index }) => ({ partition, offset, index })),
  })),
  firstOccurredAt: timeOf(firstOccurredAt),
  lastOccurredAt: timeOf(lastOccurredAt),
});
