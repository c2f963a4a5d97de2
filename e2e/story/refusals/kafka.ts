import { connectBroker, ensureTopics, ingestTopicSpec, listTopics, type Broker } from '#libs/events';
import { topologyOf } from '#libs/service';
import { until } from '#libs/testing';
import { definitions } from '../../../cli/src/index.js';
import { silent, type TestInstallation } from '../../support/installation.js';
import type { PlayedStory } from '../played-story.js';

const FOREIGN = 'ingest.nobody.else';
/** How long an attempt to read may stay without an answer before it counts as allowed. */
const ALLOWED_AFTER_MS = 4_000;
/** Who may not use a group is not told its coordinator. */
const REFUSED = /not authorized|no such topic|group coordinator/i;

const as = (
  { up: { stack } }: TestInstallation,
  { username, password }: { username: string; password: string },
): Broker => connectBroker({ brokers: stack.brokers, username, password, clientId: username, log: silent });

interface KafkaAttempt {
  what: string;
  /** What was said; nothing when it was allowed. */
  refusal?: string;
}

const tryToWrite = async (broker: Broker, topics: string[]): Promise<KafkaAttempt[]> => {
  const publisher = broker.publisher({ patienceMs: 0 });
  const attempts = await Promise.all(
    topics.map((topic) =>
      publisher.send([{ topic, key: 'trial', value: Buffer.from('{}'), headers: {} }]).then(
        () => ({ what: `write ${topic}` }),
        (error: unknown) => ({
          what: `write ${topic}`,
          refusal: error instanceof Error ? error.message : String(error),
        }),
      ),
    ),
  );
  await publisher.close();
  return attempts;
};

const tryToRead = async (broker: Broker, topic: string, groupId: string): Promise<KafkaAttempt> => {
  let refusal: string | undefined;
  let heard = false;
  const consumption = broker.consume({
    groupId,
    topics: [topic],
    patienceMs: 0,
    handle: async () => {
      heard = true;
    },
    onFault: ({ message }) => {
      refusal = message;
    },
  });
  consumption.ready().catch(() => undefined);
  await until('an answer', () => heard || refusal !== undefined, ALLOWED_AFTER_MS).catch(() => undefined);
  await consumption.stop();
  return { what: `read ${topic}`, refusal };
};

const topicsOfAll = async ({ broker }: TestInstallation): Promise<string[]> =>
  (await listTopics(broker)).filter((topic) => !topic.startsWith('__'));

/** Every topic against one principal. @returns a line for each that was not refused although it should be. */
const trespasses = async (
  broker: Broker,
  topics: { write: string[]; read: string[] },
  groupId: string,
): Promise<string[]> => {
  const attempts = await tryToWrite(broker, topics.write);
  for (const topic of topics.read) attempts.push(await tryToRead(broker, topic, groupId));
  return attempts
    .filter(({ refusal }) => !REFUSED.test(refusal ?? ''))
    .map(({ what, refusal }) => `${what}: ${refusal ?? 'allowed'}`);
};

/** Partners and services reach the topics that are theirs, and no others. */
export const refusedAtKafka = (story: () => PlayedStory): void => {
  it('a partner writes its own topic, and no other topic lets it write or read', async () => {
    const { installed, stage } = story();
    await ensureTopics(installed.broker, [{ ...ingestTopicSpec('nobody', 'else'), topic: FOREIGN }]);
    const partner = stage.partners['northwind/endpoint'];
    if (!partner) throw new Error('northwind has no partner');
    const topics = await topicsOfAll(installed);
    const broker = as(installed, partner);
    expect(topics).toContain(partner.topic);
    expect(
      await trespasses(
        broker,
        { write: topics.filter((topic) => topic !== partner.topic), read: topics },
        'partner.trial',
      ),
    ).toEqual([]);
    await broker.close();
  }, 180_000);

  it.each(definitions.map((definition) => [definition.name, topologyOf(definition)] as const))(
    '%s writes and reads no topic that its page does not name',
    async (name, { says, hears }) => {
      const { installed } = story();
      const named = (list: string[], topic: string): boolean =>
        list.some((one) => topic === one || (one.endsWith('.') && topic.startsWith(one)));
      const topics = await topicsOfAll(installed);
      const broker = as(installed, installed.up.stack.userFor(name));
      const foreign = {
        write: topics.filter((topic) => !named(says, topic)),
        read: topics.filter((topic) => !named(hears, topic)),
      };
      expect(await trespasses(broker, foreign, `vigie.${name}.trial`)).toEqual([]);
      await broker.close();
    },
    180_000,
  );
};
