/** Whether what lies on an ingest topic is read and counted: what is not is ours, and says nothing of its source. */
import { endOffsets, groupPositions, ingestTopic, type Broker, type GroupPosition } from '#libs/events';
import type { SourceWatch } from '../domain/visibility/source-watch.js';

const RECEIPTS = 'vigie.telemetry.received';

export interface ReadingPorts {
  /** How far the normaliser has read a topic, by partition. */
  readOf(topic: string): Promise<Pick<GroupPosition, 'partition' | 'next' | 'lag'>[]>;
  /** Next offset of each partition of the receipts. */
  receiptEnds(): Promise<Record<number, string>>;
  /** How far views have heard receipts, by partition. */
  receiptsHeard(): Promise<Pick<GroupPosition, 'partition' | 'next'>[]>;
}

/** By topic: it was read up to there when receipts ended there. */
export type ReadTopics = Map<string, { read: string; ends: Record<number, string> }>;

export const readingPorts = (broker: Broker): ReadingPorts => ({
  readOf: (topic) => groupPositions(broker, 'vigie.collection.normaliser', topic),
  receiptEnds: () => endOffsets(broker, RECEIPTS),
  receiptsHeard: () => groupPositions(broker, 'vigie.collection.views', RECEIPTS),
});

const areHeard = async ({ receiptsHeard }: ReadingPorts, ends: Record<number, string>): Promise<boolean> => {
  const heard = await receiptsHeard();
  return Object.entries(ends).every(([partition, end]) =>
    heard.some((one) => one.partition === Number(partition) && BigInt(one.next) >= BigInt(end)),
  );
};

/**
 * Whether something of the source waits to be read, or was read and is not counted yet: then it is ours that is late.
 * Some of what was read is never counted: what expired before, and the marks of transactions. It is that, once all
 * receipts were heard that were there when it had been read.
 */
export const isBehind = async (
  ports: ReadingPorts,
  { tenant, source }: { tenant: string; source: string },
  watches: readonly SourceWatch[],
  known: ReadTopics,
): Promise<boolean> => {
  const topic = ingestTopic(tenant, source);
  const positions = await ports.readOf(topic);
  if (positions.some(({ lag }) => lag > 0)) return true;
  const countedTo = (partition: number): number =>
    watches.find((one) => one.topic === topic && one.partition === partition)?.next ?? 0;
  if (positions.every(({ partition, next }) => Number(next) <= countedTo(partition))) return false;
  const read = positions.map(({ partition, next }) => `${partition}:${next}`).join();
  const before = known.get(topic);
  const { ends } = before?.read === read ? before : { ends: await ports.receiptEnds() };
  known.set(topic, { read, ends });
  return !(await areHeard(ports, ends));
};
