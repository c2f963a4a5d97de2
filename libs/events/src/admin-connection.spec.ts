import type { Admin, Kafka } from 'kafkajs';
import { malformed } from '#libs/testing';
import { withConnection } from './admin-connection.js';
import { isRetriable } from './retriable.js';

const kafka = malformed<Kafka>({
  admin: () => ({ connect: async () => undefined, disconnect: async () => undefined }),
});
const failing = (work: (admin: Admin) => Promise<unknown>): Promise<unknown> =>
  withConnection(kafka, work).catch((error: unknown) => error);

/** As the client does where no broker answered. */
const nothing = null as unknown as { topicMetadata: string[] };
const listing = async (): Promise<string[]> => {
  const { topicMetadata } = await Promise.resolve(nothing);
  return topicMetadata;
};
const fetching = async (): Promise<string[]> => nothing.topicMetadata.slice();

it.each([
  ['listing topics', listing],
  ['fetching their metadata', fetching],
])('that no broker answered %s passes', async (_, work) => {
  const error = await failing(work);
  expect(error).toMatchObject({ message: 'no broker answered what topics there are' });
  expect(isRetriable(error)).toBe(true);
});

it('gives everything else back as it is', async () => {
  const ours = new TypeError('topics is not iterable');
  expect(await failing(() => Promise.reject(ours))).toBe(ours);
  expect(isRetriable(ours)).toBe(false);
});
