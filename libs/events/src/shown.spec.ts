import type { Admin, Kafka } from 'kafkajs';
import { dropAcls, ensureAcls, type AclRule } from './acls.js';
import { deleteTopics, ensureTopics } from './admin.js';
import { keepInternals } from './broker-internals.js';
import type { Broker } from './port.js';
import { untilShown } from './shown.js';

const LOOKS_BEFORE_IT_SHOWS = 2;

/** A broker that answers every change at once, and shows it at the third look from then on. */
const lateBroker = () => {
  const topics = new Map<string, string>();
  const permitted: Record<string, unknown>[] = [];
  let unseen: { change: () => void; looks: number } | undefined;
  const answered = (change: () => void): void => void (unseen = { change, looks: LOOKS_BEFORE_IT_SHOWS });
  const shown = <T>(told: T): T => {
    if (unseen && unseen.looks-- === 0) {
      unseen.change();
      unseen = undefined;
    }
    return told;
  };
  const admin = {
    connect: async () => undefined,
    disconnect: async () => undefined,
    listTopics: async () => shown([...topics.keys()]),
    fetchTopicMetadata: async () => ({
      topics: [...topics.keys()].map((name) => ({ name, partitions: [{ leader: 1 }] })),
    }),
    describeConfigs: async () => {
      const resources = [...topics].map(([resourceName, configValue]) => ({
        resourceName,
        configEntries: [{ configName: 'retention.ms', configValue, configSource: 1 }],
      }));
      return shown({ resources });
    },
    alterConfigs: async () => answered(() => void topics.set('told', '2')),
    deleteTopics: async () => answered(() => topics.clear()),
    createAcls: async ({ acl }: { acl: Record<string, unknown>[] }) => answered(() => void permitted.push(...acl)),
    deleteAcls: async () => answered(() => void permitted.splice(0)),
    describeAcls: async () => {
      const resources = permitted.map((one) => ({ ...one, acls: [one] }));
      return shown({ resources });
    },
  };
  const broker = {} as Broker;
  const kafka = { admin: () => admin as object as Admin } as object as Kafka;
  keepInternals(broker, { kafka, log: console });
  return { broker, topics, permitted };
};

const RULE: AclRule = { principal: 'acme', operation: 'WRITE', resource: 'TOPIC', name: 'own', pattern: 'LITERAL' };

describe('what a broker has answered is waited for until it shows it', () => {
  it('permissions given and taken', async () => {
    const { broker, permitted } = lateBroker();
    await ensureAcls(broker, [RULE]);
    expect(permitted).toHaveLength(1);
    await dropAcls(broker, 'acme');
    expect(permitted).toEqual([]);
  });

  it('settings of topics, and their end', async () => {
    const { broker, topics } = lateBroker();
    topics.set('told', '1');
    const spec = { topic: 'told', partitions: 1, config: { 'retention.ms': '2' } };
    expect(await ensureTopics(broker, [spec])).toMatchObject({ corrected: ['told'] });
    expect(topics.get('told')).toBe('2');
    await deleteTopics(broker, ['told']);
    expect([...topics]).toEqual([]);
  });
});

it('an error while looking is no answer yet; at the end of the time it is the reason', async () => {
  const looks = [() => Promise.reject(new Error('not yet')), async () => true];
  await untilShown('it', () => looks.shift()!());
  const clock = jest.spyOn(Date, 'now').mockReturnValueOnce(0).mockReturnValue(120_001);
  await expect(untilShown('it', () => Promise.reject(new Error('away')))).rejects.toThrow(
    'the broker does not show it after 120 s: away',
  );
  clock.mockRestore();
});
