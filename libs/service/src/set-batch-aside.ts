import type { UnreadableRecord } from '#libs/events';
import type { OpenPipe, Out } from './definition.js';

/**
 * Sets aside a batch that could not be unpacked. The letter holds it as it lies on the broker, which nobody could read
 * if it were sent again: it names its records besides, and they are sent again from where they lie.
 */
export const setBatchAside = async (
  out: Out,
  pipe: Pick<OpenPipe, 'unreadable'> | undefined,
  record: UnreadableRecord,
): Promise<void> => {
  const { unreadable, ...rest } = record;
  const { code, sentence, count, from } = unreadable;
  const { topic, partition, offset: to } = record;
  await out.setAside(rest, code, sentence, { count, ranges: [{ topic, partition, from, to, count }] });
  await pipe?.unreadable?.(record, out);
};
