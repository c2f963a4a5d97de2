import { HecRefusal } from './hec-codes.js';

/** Channels that are remembered, each with a number. */
const MOST_CHANNELS = 10_000;
const GUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** A channel as Splunk knows it. @throws HecRefusal 11 for one that is no GUID. */
export const checkedChannel = (channel: string | undefined): string | undefined => {
  if (channel !== undefined && !GUID.test(channel)) throw new HecRefusal(11);
  return channel?.toLowerCase();
};

/**
 * What has been acknowledged, by channel: an ackId is given once Kafka has the events, so whatever was given is true.
 * Kept in memory: after a restart, and at another instance, an id is unknown, and its sender sends again.
 */
export class HecChannels {
  private readonly given = new Map<string, number>();

  /** The next ackId of a channel, from 0. */
  next(channel: string): number {
    const id = this.given.get(channel) ?? 0;
    this.given.delete(channel);
    this.given.set(channel, id + 1);
    const [oldest] = this.given.size > MOST_CHANNELS ? this.given.keys() : [];
    if (oldest !== undefined) this.given.delete(oldest);
    return id;
  }

  isGiven(channel: string, id: number): boolean {
    return id < (this.given.get(channel) ?? 0);
  }
}

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
export const acksOf = (channels: HecChannels, channel: string, body: Buffer): { acks: Record<string, boolean> } => ({
  acks: Object.fromEntries(idsIn(body).map((id) => [String(id), channels.isGiven(channel, id)])),
});
