import type { TelemetryReceived } from '#contracts';
import type { Heard } from '#libs/model';

/** Offsets from `from` to `to`, both inclusive. */
interface CarriedRange {
  from: number;
  to: number;
}

interface CarriedReceipts {
  /** When the first of them was said, epoch ms. */
  since: number;
  /** What they count, in order and apart from each other: few, since each begins where the one before ended. */
  ranges: CarriedRange[];
}

const receiptOf = ({ message }: Heard): TelemetryReceived | undefined =>
  message.type === 'telemetry.received' ? (message as TelemetryReceived) : undefined;

const nameOf = (tenant: string, { topic, partition }: TelemetryReceived): string => `${tenant}/${topic}/${partition}`;

const merged = (ranges: readonly CarriedRange[], { from, to }: CarriedRange): CarriedRange[] => {
  const meeting = ranges.filter((one) => one.from <= to + 1 && one.to >= from - 1);
  const whole = {
    from: Math.min(from, ...meeting.map((one) => one.from)),
    to: Math.max(to, ...meeting.map((one) => one.to)),
  };
  return [...ranges.filter((one) => !meeting.includes(one)), whole].sort((a, b) => a.from - b.from);
};

/** What Kafka carries of receipts, however many they are. */
export interface CarriedRanges {
  take(carried: Heard): void;
  /** Whether a kept receipt is among them. */
  has(kept: Heard): boolean;
}

/**
 * Receipts are kept folded. Those that Kafka still carries one by one are taken from there, as views heard them: it
 * forgets the oldest first, so whoever has the first of a range, as it was said then, has all of it. Offsets alone do
 * not tell: those of a topic that was made anew begin at nought again.
 */
export const carriedRanges = (): CarriedRanges => {
  const known = new Map<string, CarriedReceipts>();
  return {
    take: (carried) => {
      const receipt = receiptOf(carried);
      if (!receipt) return;
      const { tenant, time } = carried.envelope;
      const before = known.get(nameOf(tenant, receipt)) ?? { since: Infinity, ranges: [] };
      known.set(nameOf(tenant, receipt), {
        since: Math.min(before.since, time),
        ranges: merged(before.ranges, { from: receipt.fromOffset, to: receipt.toOffset }),
      });
    },
    has: (kept) => {
      const receipt = receiptOf(kept);
      const carried = receipt && known.get(nameOf(kept.envelope.tenant, receipt));
      if (!receipt || !carried || kept.envelope.time < carried.since) return false;
      return carried.ranges.some(({ from, to }) => receipt.fromOffset >= from && receipt.fromOffset <= to);
    },
  };
};
