import { ingestTopic } from '#libs/events';
import type { Broker, Publisher } from '#libs/events';
import { pause } from '#stack';
import { SOURCE, type PartnerMessage } from './telemetry.js';

const SLICE_MS = 200;
/** Of what is left of a part, while a fault lasts. */
const SHARE_A_SLICE = 0.01;
/** A partner waits for its broker for as long as it takes. */
const PATIENCE_MS = 600_000;

/** Sends a load, a part at a time. */
export interface Sender {
  /**
   * Sends the next `events` lines, so many a second, and waits until Kafka has them. While something is under way they
   * are sent ever more slowly, so that some are left for as long as it lasts.
   */
  send(events: number, meanwhile?: Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

const linesIn = ({ value }: PartnerMessage): number => {
  let count = 1;
  for (let at = value.indexOf(10); at >= 0; at = value.indexOf(10, at + 1)) count += 1;
  return count;
};

/** @param perSecond lines. */
export const openSender = (broker: Broker, load: Iterator<PartnerMessage>, perSecond: number): Sender => {
  const publisher: Publisher = broker.publisher({ patienceMs: PATIENCE_MS });
  const slice = Math.max(1, Math.round((perSecond * SLICE_MS) / 1_000));
  const take = (events: number): { messages: PartnerMessage[]; lines: number } => {
    const messages: PartnerMessage[] = [];
    let lines = 0;
    while (lines < events) {
      const { value, done } = load.next();
      if (done) break;
      messages.push(value);
      lines += linesIn(value);
    }
    return { messages, lines };
  };
  const sendSlice = async (messages: readonly PartnerMessage[]): Promise<void> =>
    publisher.send(
      messages.map(({ tenant, key, value }) => ({ topic: ingestTopic(tenant, SOURCE), key, value, headers: {} })),
    );
  return {
    send: async (events, meanwhile) => {
      let isUnderWay = meanwhile !== undefined;
      const over = (): void => void (isUnderWay = false);
      meanwhile?.then(over, over);
      for (let left = events; left > 0; ) {
        const next = Date.now() + SLICE_MS;
        const most = isUnderWay ? Math.max(1, Math.ceil(left * SHARE_A_SLICE)) : left;
        const { messages, lines } = take(Math.min(slice, most));
        if (messages.length === 0) break;
        await sendSlice(messages);
        left -= lines;
        await pause(Math.max(0, next - Date.now()));
      }
    },
    close: () => publisher.close(),
  };
};
