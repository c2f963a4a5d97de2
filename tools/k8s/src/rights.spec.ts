import { readFileSync } from 'node:fs';
import { topicSpecs } from '#libs/events';
import { definitions, rightsOf } from '../../../cli/src/index.js';
import { INSTALLATIONS, render } from './helm.js';
import { linesOfRules, linesOfUser } from './rights.js';
import { whereHelmIs } from './where-helm-is.js';
import { ofKind, workloadsOf, type KafkaTopicObject, type KafkaUserObject, type KubeObject } from './objects.js';

whereHelmIs.each(Object.keys(INSTALLATIONS).filter((name) => name !== 'bare'))('rights and topics: %s', (which) => {
  let objects: KubeObject[] = [];
  beforeAll(() => void (objects = render(INSTALLATIONS[which] ?? [])));
  const everybody = (): KafkaUserObject[] => ofKind<KafkaUserObject>(objects, 'KafkaUser');
  const users = (): KafkaUserObject[] => everybody().filter(({ spec }) => spec.authorization);

  it('gives each user exactly what provision gives it', () => {
    expect(users().map(({ metadata }) => metadata.name)).toEqual(definitions.map(({ name }) => name));
    for (const [index, definition] of definitions.entries())
      expect(linesOfUser(users()[index] as KafkaUserObject)).toEqual(linesOfRules(rightsOf(definition)));
  });

  it('has one administrator, and Kafka knows it', () => {
    const [kafka] = ofKind<KubeObject & { spec: { kafka: { authorization: { superUsers: string[] } } } }>(
      objects,
      'Kafka',
    );
    const without = everybody().filter(({ spec }) => !spec.authorization);
    expect(without.map(({ metadata }) => metadata.name)).toEqual(kafka?.spec.kafka.authorization.superUsers);
    expect(without).toHaveLength(1);
  });

  it('gives each user the password that its service is given', () => {
    const given = new Map(
      workloadsOf(objects).map(({ spec }) => {
        const [container] = spec.template.spec.containers;
        return [
          container?.name,
          container?.env?.find(({ name }) => name === 'KAFKA_PASSWORD')?.valueFrom?.secretKeyRef,
        ];
      }),
    );
    // Without one of ours, Strimzi makes a Secret of the user's name.
    for (const { metadata, spec } of users())
      expect(given.get(metadata.name)).toEqual(
        spec.authentication.password?.valueFrom.secretKeyRef ?? { name: metadata.name, key: 'password' },
      );
  });

  it('lets those say and hear a topic who stand in docs/topology.md', () => {
    const rows = readFileSync('docs/topology.md', 'utf8').matchAll(/^\| `(vigie\.[^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm);
    const lines = users().flatMap(linesOfUser);
    const who = (operation: string, topic: string): string[] =>
      lines.filter((line) => line.endsWith(` ${operation} topic literal ${topic}`)).map((line) => line.split(' ')[0]!);
    const list = (cell = ''): string[] => (cell === '–' ? [] : cell.split(', '));
    const found = [...rows];
    expect(found.length).toBeGreaterThan(30);
    for (const [, topic = '', says, hears] of found) {
      expect({ topic, says: who('Write', topic) }).toEqual({ topic, says: list(says) });
      expect({ topic, hears: who('Read', topic) }).toEqual({ topic, hears: list(hears) });
    }
  });

  it('makes the topics that provision makes', () => {
    const topics = ofKind<KafkaTopicObject>(objects, 'KafkaTopic');
    const partitions = Math.max(...topics.map(({ spec }) => spec.partitions));
    expect(
      topics.map(({ metadata, spec }) => ({ topic: metadata.name, partitions: spec.partitions, config: spec.config })),
    ).toEqual(topicSpecs({ partitions }));
  });
});
