import type { Broker, InRecord } from '#libs/events';

/** Everything that stands in the topics now, in the order of each partition. */
export const readAll = async (broker: Broker, topics: string[]): Promise<InRecord[]> => {
  const found: InRecord[] = [];
  const consumption = broker.consume({
    topics,
    fromBeginning: true,
    handle: async ({ records }) => void found.push(...records),
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
  return found;
};
