import type { Broker, InRecord } from '#libs/events';

/** Every record that stands in the topics now, in the order of each partition; none of them is kept. */
export const scan = async (
  broker: Broker,
  topics: readonly string[],
  look: (record: InRecord) => void,
): Promise<void> => {
  if (topics.length === 0) return;
  const failed: unknown[] = [];
  const consumption = broker.consume({
    topics: [...topics],
    fromBeginning: true,
    // Thrown from here it would be tried again.
    handle: async ({ records }) => {
      try {
        if (failed.length === 0) for (const record of records) look(record);
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

/** Where a record lies. */
export const coordinatesOf = ({ topic, partition, offset }: Pick<InRecord, 'topic' | 'partition' | 'offset'>): string =>
  `${topic}/${partition}@${offset}`;
