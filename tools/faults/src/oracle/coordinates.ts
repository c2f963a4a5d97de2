import type { InRecord } from '#libs/events';

/** Where a record lies. */
export const coordinatesOf = ({ topic, partition, offset }: Pick<InRecord, 'topic' | 'partition' | 'offset'>): string =>
  `${topic}/${partition}@${offset}`;
