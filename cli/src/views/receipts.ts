import type { TelemetryReceived } from '#contracts';
import type { Heard } from '#libs/model';

interface CarriedReceipts {
  /** When the first of them was said, epoch ms. */
  since: number;
  /** Where each begins. */
  begins: Set<number>;
}

const receiptOf = ({ message }: Heard): TelemetryReceived | undefined =>
  message.type === 'telemetry.received' ? (message as TelemetryReceived) : undefined;

const nameOf = (tenant: string, { topic, partition }: TelemetryReceived): string => `${tenant}/${topic}/${partition}`;

const byPartition = (carried: readonly Heard[]): Map<string, CarriedReceipts> => {
  const found = new Map<string, CarriedReceipts>();
  for (const one of carried) {
    const receipt = receiptOf(one);
    if (!receipt) continue;
    const { tenant, time } = one.envelope;
    const known = found.get(nameOf(tenant, receipt)) ?? { since: Infinity, begins: new Set() };
    known.begins.add(receipt.fromOffset);
    found.set(nameOf(tenant, receipt), { ...known, since: Math.min(known.since, time) });
  }
  return found;
};

/**
 * Receipts are kept folded. Those that Kafka still carries one by one are taken from there, as views heard them: it
 * forgets the oldest first, so whoever has the first of a range, as it was said then, has all of it. Offsets alone do
 * not tell: those of a topic that was made anew begin at nought again.
 */
export const withoutCarried = (kept: readonly Heard[], carried: readonly Heard[]): Heard[] => {
  const known = byPartition(carried);
  return kept.filter((one) => {
    const receipt = receiptOf(one);
    const ranges = receipt && known.get(nameOf(one.envelope.tenant, receipt));
    return !ranges || one.envelope.time < ranges.since || !ranges.begins.has(receipt.fromOffset);
  });
};
