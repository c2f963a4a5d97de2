import type { Broker, InRecord } from '#libs/events';

/**
 * Every record that stands in the topics now, one after the other, in the order of each partition; none of them is
 * kept. What the handler throws ends it.
 */
export const eachOf = async (
  broker: Broker,
  topics: readonly string[],
  handle: (record: InRecord) => Promise<void> | void,
): Promise<void> => {
  if (topics.length === 0) return;
  const failed: unknown[] = [];
  const consumption = broker.consume({
    topics: [...topics],
    fromBeginning: true,
    concurrency: 1,
    // Thrown from here it would be tried again, with what has been handled among it.
    handle: async ({ records }) => {
      try {
        if (failed.length === 0) for (const record of records) await handle(record);
      } catch (error) {
        failed.push(error);
      }
    },
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
  if (failed.length > 0) throw failed[0];
};

/** Everything that stands in the topics now, in the order of each partition. */
export const readAll = async (broker: Broker, topics: readonly string[]): Promise<InRecord[]> => {
  const found: InRecord[] = [];
  await eachOf(broker, topics, (record) => void found.push(record));
  return found;
};
