import type { Admin, Kafka } from 'kafkajs';

/** The client gives null where no broker answered it what there is, and then stumbles over it. */
const isUnanswered = (error: unknown): error is TypeError =>
  error instanceof Error &&
  error.name === 'TypeError' &&
  /\btopicMetadata\b.*\bnull\b|\bnull\b.*\btopicMetadata\b/.test(error.message);

/** What the client throws; that nobody answered it is said as what passes. */
const said = (error: unknown): unknown =>
  isUnanswered(error)
    ? Object.assign(new Error('no broker answered what topics there are', { cause: error }), {
        type: 'METADATA_NOT_ANSWERED',
        retriable: true,
      })
    : error;

/** Runs work with an admin connection of its own, which ends with it. Throws what the client does. */
export const withConnection = async <T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    throw said(error);
  } finally {
    await admin.disconnect();
  }
};
