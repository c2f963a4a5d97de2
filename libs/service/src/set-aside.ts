import type { InRecord } from '#libs/events';
import { briefReasonOf, Unreadable } from '#libs/model';
import type { Out } from './definition.js';
import { onRecord } from './trace-context.js';

const asUnreadable = (error: unknown): Unreadable =>
  error instanceof Unreadable
    ? error
    : new Unreadable('PIPE_FAILED', `This stage failed at it: ${briefReasonOf(error)}`);

/**
 * What a pipe computes of one record, without asking the world. Whatever is thrown there, the Fault of an encoding too,
 * would be thrown again while everybody behind the record waits: so it is the record's, which is set aside as
 * PIPE_FAILED, and the rest goes on.
 * @returns undefined when it was set aside.
 */
export const orSetAside = async <T>(
  out: Pick<Out, 'setAside'>,
  record: InRecord,
  compute: () => T | Promise<T>,
): Promise<T | undefined> => {
  try {
    return await onRecord(record, compute);
  } catch (error) {
    const { code, message } = asUnreadable(error);
    await out.setAside(record, code, message);
    return undefined;
  }
};
