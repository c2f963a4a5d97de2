import { catalogue } from '#contracts';
import {
  deadLetterTopic,
  fromRecord,
  listTopics,
  readDeadLetter,
  tenantOfKey,
  type Broker,
  type InRecord,
} from '#libs/events';
import { OPERATOR, SERVICES } from '#libs/terms';
import { readAll } from '../../cli/src/index.js';
import { contractScopes } from './contract-scopes.js';
import { topicScopes } from './scopes.js';
import type { SurfacePiece, SurfaceScope, SearchedSurface } from './surface.js';

const CONTRACT_TOPICS = new Set(catalogue.map(({ topic }) => topic));
const matching = (pattern: string, topic: string): boolean => {
  const [begin = '', end = ''] = pattern.split('*');
  return pattern.includes('*')
    ? topic.startsWith(begin) && topic.endsWith(end)
    : topic === pattern || (pattern.endsWith('.') && topic.startsWith(pattern));
};

/** @returns undefined for a topic that no line declares. */
export const scopeOfTopic = (topic: string): 'TENANT' | 'NOBODY' | undefined =>
  CONTRACT_TOPICS.has(topic)
    ? 'TENANT'
    : Object.entries(topicScopes).find(([pattern]) => matching(pattern, topic))?.[1];

export const scopeOf = (tenant: string): SurfaceScope => (tenant === OPERATOR || tenant === '' ? 'NOBODY' : { tenant });

const tenantOf = (record: InRecord): string => {
  if (/^(?:ingest|receipts)\./.test(record.topic)) return record.topic.split('.')[1] ?? '';
  if (record.topic.endsWith('.dead-letter')) return readDeadLetter(record).tenant;
  return tenantOfKey(record.key);
};

const pieceOf = (record: InRecord): SurfacePiece => {
  const { topic, partition, offset, key, value, headers } = record;
  const scope = scopeOfTopic(topic) === 'NOBODY' ? 'NOBODY' : scopeOf(tenantOf(record));
  return { where: `${topic}/${partition}/${offset}`, scope, content: { key, value, headers } };
};

const topicSurface = (topic: string, records: readonly InRecord[]): SearchedSurface => {
  const undeclared: SurfacePiece[] = scopeOfTopic(topic)
    ? []
    : [
        {
          where: topic,
          scope: 'NOBODY',
          content: '',
          wrong: 'this topic has no line in e2e/isolation/scopes.ts: say whose its records are',
        },
      ];
  return {
    kind: topic.endsWith('.dead-letter') ? 'dead letters' : 'topic',
    name: topic,
    pieces: [...undeclared, ...records.map(pieceOf)],
  };
};

interface TopicRecords {
  record: InRecord;
  type: string;
  tenant: string;
}

const readable = (record: InRecord): TopicRecords[] => {
  try {
    const { envelope } = fromRecord(record);
    return [{ record, type: envelope.type, tenant: envelope.tenant }];
  } catch {
    // A dead letter tells of it.
    return [];
  }
};

const wrongScope = (type: string, tenant: string): string | undefined => {
  const scope = contractScopes[type];
  if (!scope) return 'this contract has no line in e2e/isolation/contract-scopes.ts: say whose its messages are';
  const operators = tenant === OPERATOR;
  if (scope === 'TENANT' && operators) return 'is of a tenant, and stands under the operator';
  return scope === 'OPERATOR' && !operators ? `is the operator's own, and stands under ${tenant}` : undefined;
};

const contractSurface = (type: string, all: readonly TopicRecords[]): SearchedSurface => ({
  kind: type === 'telemetry.received' ? 'receipts' : 'contract',
  name: type,
  pieces: all
    .filter((one) => one.type === type)
    .map(({ record, tenant }) => ({ ...pieceOf(record), scope: scopeOf(tenant), wrong: wrongScope(type, tenant) })),
});

/** Every topic there is with everything on it, and every contract of the catalogue with all its messages. */
export const kafkaSurfaces = async (broker: Broker): Promise<SearchedSurface[]> => {
  const topics = (await listTopics(broker)).filter((topic) => !topic.startsWith('__'));
  const records = await readAll(broker, topics);
  const read = records.filter(({ topic }) => CONTRACT_TOPICS.has(topic)).flatMap(readable);
  const types = [...new Set([...catalogue.map(({ type }) => type), ...read.map(({ type }) => type)])].sort();
  return [
    ...topics.map((topic) =>
      topicSurface(
        topic,
        records.filter((record) => record.topic === topic),
      ),
    ),
    ...types.map((type) => contractSurface(type, read)),
  ];
};

/** Dead letters as an operator lists those of one tenant: nobody else's are among them. */
export const listedLetters = async (broker: Broker, tenants: readonly string[]): Promise<SearchedSurface[]> => {
  const letters = (await readAll(broker, SERVICES.map(deadLetterTopic))).map(readDeadLetter);
  return [
    {
      kind: 'export',
      name: 'dead-letters list --tenant',
      pieces: tenants.map((tenant) => ({
        where: tenant,
        scope: { tenant },
        content: letters.filter((one) => one.tenant === tenant),
      })),
    },
  ];
};
