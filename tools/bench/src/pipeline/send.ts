import type { OutRecord, Publisher } from '#libs/events';

const SLICE = 250;
/** Of slices that the broker has not acknowledged yet. */
const MOST_BYTES_UNDER_WAY = 8 * 1024 * 1024;

/** Sends as fast as the broker takes it, in order. @returns bytes of values. */
export const sendAll = async (publisher: Publisher, records: readonly OutRecord[]): Promise<number> => {
  const underWay = new Set<Promise<void>>();
  let bytes = 0;
  for (let from = 0; from < records.length; from += SLICE) {
    const slice = records.slice(from, from + SLICE);
    bytes += slice.reduce((sum, { value }) => sum + value.length, 0);
    const sent: Promise<void> = publisher.send(slice).finally(() => underWay.delete(sent));
    // Whoever waits below hears of it.
    sent.catch(() => undefined);
    underWay.add(sent);
    while (publisher.queued().bytes >= MOST_BYTES_UNDER_WAY) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return bytes;
};
