import type { TopicPartition, PartitionProgress } from './port.js';

const keyOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** How far each partition is done, and how far the broker knows. */
export class Offsets {
  private readonly done = new Map<string, PartitionProgress>();
  private readonly known = new Map<string, string>();

  note(progress: PartitionProgress): void {
    this.done.set(keyOf(progress), progress);
  }

  nextOf(place: TopicPartition): string | undefined {
    return this.done.get(keyOf(place))?.next;
  }

  /** What the broker does not know yet. */
  pending(): PartitionProgress[] {
    return [...this.done.values()].filter((progress) => this.known.get(keyOf(progress)) !== progress.next);
  }

  committed(progress: PartitionProgress[]): void {
    for (const one of progress) this.known.set(keyOf(one), one.next);
  }

  /** Forgets: another assignment begins at what is committed. */
  clear(): void {
    this.done.clear();
    this.known.clear();
  }

  /** Whether each of these offsets has been reached. */
  reached(ends: PartitionProgress[]): boolean {
    return ends.every((end) => BigInt(this.nextOf(end) ?? '0') >= BigInt(end.next));
  }
}

/** Groups by topic, in the client's form. */
export const byTopic = (
  progress: PartitionProgress[],
): { topic: string; partitions: { partition: number; offset: string }[] }[] => {
  const topics = new Map<string, { partition: number; offset: string }[]>();
  for (const { topic, partition, next } of progress)
    topics.set(topic, [...(topics.get(topic) ?? []), { partition, offset: next }]);
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
};
