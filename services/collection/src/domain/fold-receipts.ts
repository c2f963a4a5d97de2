import type { SeenHost, TelemetryReceived } from '#contracts';
import { countsOfBoth, DAY_MS, flagsCounted, isTopicMadeAnew, latest, lossesCounted } from '#libs/terms';
import { quarterOf } from './visibility/source-watch.js';

/** A receipt as it was heard, or several in one. `at` is when it was said, epoch ms. */
export interface HeldReceipt {
  tenant: string;
  at: number;
  message: TelemetryReceived;
}

/** Device names in a receipt, at most. */
export const HOSTS_IN_RECEIPT = 500;

const isOneDay = ({ firstOccurredAt }: SeenHost, { lastOccurredAt }: SeenHost): boolean =>
  Math.floor(firstOccurredAt / DAY_MS) === Math.floor(lastOccurredAt / DAY_MS);

/** Devices of both; none when one of them would be told otherwise: readers take its first and last time by day. */
const hostsOf = (some: SeenHost[], more: SeenHost[]): SeenHost[] | undefined => {
  const byName = new Map(some.map((one) => [one.host, one]));
  for (const one of more) {
    const known = byName.get(one.host) ?? one;
    const firstOccurredAt = Math.min(known.firstOccurredAt, one.firstOccurredAt);
    const lastOccurredAt = Math.max(known.lastOccurredAt, one.lastOccurredAt);
    const both = { host: one.host, firstOccurredAt, lastOccurredAt };
    if (known !== one && !isOneDay(both, both)) return undefined;
    byName.set(one.host, both);
  }
  return byName.size > HOSTS_IN_RECEIPT ? undefined : [...byName.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
};

/** Both in one, when nothing that anybody reads of them would be lost. */
const joined = (one: HeldReceipt, other: HeldReceipt): HeldReceipt | undefined => {
  const [a, b] = [one.message, other.message];
  const follows = b.fromOffset === a.toOffset + 1 && a.source === b.source;
  // Quarters of an hour bound what readers sum by, in any time zone.
  if (!follows || quarterOf(one.at) !== quarterOf(other.at)) return undefined;
  if (!a.hosts !== !b.hosts || !a.flags !== !b.flags || !a.losses !== !b.losses) return undefined;
  const hosts = hostsOf(a.hosts ?? [], b.hosts ?? []);
  if (!hosts) return undefined;
  const message: TelemetryReceived = {
    ...a,
    ...countsOfBoth(a, b),
    hosts: a.hosts ? hosts : null,
    flags: a.flags ? flagsCounted([...a.flags, ...(b.flags ?? [])]) : null,
    receivedAt: latest(a.receivedAt, b.receivedAt),
    losses: a.losses ? lossesCounted([...a.losses, ...(b.losses ?? [])]) : null,
  };
  return { ...one, message };
};

/** A range of which all was counted; the watermark is the end of the last one. */
const isKnown = ({ message: a }: HeldReceipt, { message: b }: HeldReceipt): boolean =>
  b.fromOffset >= a.fromOffset &&
  b.toOffset <= a.toOffset &&
  !isTopicMadeAnew({ next: a.toOffset + 1, lastOccurredAt: a.lastOccurredAt ?? 0 }, b);

const partitionOf = ({ tenant, message: { topic, partition } }: HeldReceipt): string =>
  `${tenant}/${topic}/${partition}`;

/**
 * Receipts folded, a quarter of an hour of a source's partition in one as far as nothing is lost by it; what comes
 * again counts once. What follows may be folded in later.
 */
export const foldReceipts = (before: readonly HeldReceipt[], heard: readonly HeldReceipt[]): HeldReceipt[] => {
  const folded = [...before];
  const last = new Map(folded.map((one, index) => [partitionOf(one), index]));
  for (const one of heard) {
    const index = last.get(partitionOf(one));
    const known = index === undefined ? undefined : folded[index];
    if (index === undefined || known === undefined) {
      last.set(partitionOf(one), folded.push(one) - 1);
      continue;
    }
    if (isKnown(known, one)) continue;
    const both = joined(known, one);
    if (both) folded[index] = both;
    else last.set(partitionOf(one), folded.push(one) - 1);
  }
  return folded;
};
