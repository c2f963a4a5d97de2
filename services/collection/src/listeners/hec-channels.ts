import { HecRefusal } from './hec-codes.js';
import type { IngestSender } from './intake.js';

/** Channels of a sender that are remembered, each with a number. */
const MOST_CHANNELS = 1_000;
/** Senders of a tenant that are remembered. */
const MOST_SENDERS = 32;
const GUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** A channel as Splunk knows it. @throws HecRefusal 11 for one that is no GUID. */
export const checkedChannel = (channel: string | undefined): string | undefined => {
  if (channel !== undefined && !GUID.test(channel)) throw new HecRefusal(11);
  return channel?.toLowerCase();
};

/** A channel belongs to who sends on it: nobody else's take its room. */
export interface HecChannel {
  sender: IngestSender;
  channel: string;
  /** Where its requests come from: of one token, a site that opens many takes no room of the others'. */
  site: string;
}

/** Of a channel: the next ackId, and where its last request came from. */
interface KnownChannel {
  next: number;
  site: string;
}

/**
 * What has been acknowledged, by channel: an ackId is given once Kafka has the events, so whatever was given is true.
 * Kept in memory: after a restart, and at another instance, an id is unknown, and its sender sends again.
 */
export class HecChannels {
  private readonly tenants = new Map<string, Map<string, Map<string, KnownChannel>>>();

  /** The next ackId of a channel, from 0. */
  next({ sender: { tenant, subject }, channel, site }: HecChannel): number {
    const senders = this.tenants.get(tenant) ?? new Map<string, Map<string, KnownChannel>>();
    const channels = senders.get(subject) ?? new Map<string, KnownChannel>();
    const id = channels.get(channel)?.next ?? 0;
    this.tenants.set(tenant, senders);
    keepLatest(senders, subject, channels);
    if (senders.size > MOST_SENDERS) senders.delete(oldestOf(senders));
    keepLatest(channels, channel, { next: id + 1, site });
    if (channels.size > MOST_CHANNELS) channels.delete(oldestOfCrowd(channels));
    return id;
  }

  isGiven({ sender: { tenant, subject }, channel }: HecChannel, id: number): boolean {
    return id < (this.tenants.get(tenant)?.get(subject)?.get(channel)?.next ?? 0);
  }
}

/** Sets it, behind all others. */
const keepLatest = <Value>(kept: Map<string, Value>, key: string, value: Value): void => {
  kept.delete(key);
  kept.set(key, value);
};

const oldestOf = (kept: Map<string, unknown>): string => kept.keys().next().value ?? '';

/** Of the site that has most of them, the one that was used longest ago. */
const oldestOfCrowd = (channels: Map<string, KnownChannel>): string => {
  const sites = new Map<string, number>();
  for (const { site } of channels.values()) sites.set(site, (sites.get(site) ?? 0) + 1);
  const most = Math.max(...sites.values());
  for (const [channel, { site }] of channels) if (sites.get(site) === most) return channel;
  return oldestOf(channels);
};

/** Ids of one question, and bytes that so many have room in. */
const MOST_ACKS = 10_000;
const MOST_ACK_BYTES = 256 * 1024;

const idsIn = (body: Buffer): number[] => {
  try {
    if (body.length > MOST_ACK_BYTES) throw new HecRefusal(6);
    const { acks } = JSON.parse(body.toString('utf8')) as { acks?: unknown };
    if (Array.isArray(acks) && acks.length <= MOST_ACKS && acks.every((id) => Number.isSafeInteger(id) && id >= 0))
      return acks as number[];
  } catch {
    // Refused below.
  }
  throw new HecRefusal(6);
};

/** The answer to `{ "acks": [0, 1] }`. @throws HecRefusal 6 for another body, or more than 10,000 ids. */
export const acksOf = (
  channels: HecChannels,
  channel: HecChannel,
  body: Buffer,
): { acks: Record<string, boolean> } => ({
  acks: Object.fromEntries(idsIn(body).map((id) => [String(id), channels.isGiven(channel, id)])),
});
