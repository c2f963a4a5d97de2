import { catalogue } from '#contracts';
import { deadLetterTopic, retryTopic, SCHEMAS_TOPIC } from '#libs/events';
import type { ServiceDefinition } from './definition.js';

/** Who hears and says which topics: grants, users and docs/topology.md are made from it. */
export interface Topology {
  service: string;
  hears: string[];
  says: string[];
}

const topicOfType = new Map(catalogue.map(({ type, topic }) => [type, topic]));
const topicsOfSubject = (subject: string, kind: 'events' | 'requests'): string[] =>
  catalogue.filter((contract) => contract.subject === subject && contract.kind === kind).map(({ topic }) => topic);

/** @returns the topic of a fact or request type. @throws Error when no contract has that type. */
export const topicOf = (type: string): string => {
  const topic = topicOfType.get(type);
  if (!topic) throw new Error(`no contract ${type}`);
  return topic;
};

const unique = (topics: string[]): string[] => [...new Set(topics)].sort();

/** Topics that every service reads or writes. */
export const STATE_TOPIC = 'vigie.tenant.state';
export const ANSWER_TOPIC = 'vigie.request.events';
/** Where readers say what they miss of streams: whoever keeps those sends it again. */
export const MISSED_TOPIC = 'vigie.stream.events';
/** What every service says of its own store: where its streams stand each day, and what was erased from it. */
const OF_STORES = ['anchor', 'erasure'];

const typesHeard = ({ reacts = [], shows = [], performs }: ServiceDefinition): string[] =>
  [...reacts, ...shows, ...(performs?.(undefined) ?? [])].flatMap(({ hears }) => hears as string[]);

/** Whether it has commits: by deciding, or by keeping what Kafka carried first. */
export const hasStreams = ({ decides = [], keeps = [] }: Pick<ServiceDefinition, 'decides' | 'keeps'>): boolean =>
  decides.length + keeps.length > 0;

export const topologyOf = (definition: ServiceDefinition): Topology => {
  const { name, decides = [], asks = [], asksForPeople = [], follows = [], pipes = [], listens } = definition;
  const subjects = decides.map(({ subject }) => subject);
  return {
    service: name,
    hears: unique([
      STATE_TOPIC,
      SCHEMAS_TOPIC,
      retryTopic(name),
      ...follows,
      ...pipes.flatMap(({ from }) => from),
      ...subjects.flatMap((subject) => topicsOfSubject(subject, 'requests')),
      ...(subjects.length > 0 ? [MISSED_TOPIC] : []),
      ...typesHeard(definition).map(topicOf),
    ]),
    says: unique([
      SCHEMAS_TOPIC,
      deadLetterTopic(name),
      ...(typesHeard(definition).length > 0 ? [MISSED_TOPIC] : []),
      ...pipes.flatMap(({ to }) => to),
      ...(listens?.to ?? []),
      ...(hasStreams(definition)
        ? [ANSWER_TOPIC, ...OF_STORES.flatMap((subject) => topicsOfSubject(subject, 'events'))]
        : []),
      ...subjects.flatMap((subject) => topicsOfSubject(subject, 'events')),
      ...[...asks, ...asksForPeople].map(topicOf),
    ]),
  };
};

/** The consumer groups that share a service's work among its replicas, each with one of its loops: sorted. */
export const consumerGroups = (definition: ServiceDefinition): string[] => {
  const { name, decides = [], reacts = [], shows = [], performs, pipes = [] } = definition;
  const loops = { requests: decides, reactions: reacts, views: shows, effects: performs?.(undefined) ?? [] };
  const busy = Object.entries(loops).filter(([, parts]) => parts.length > 0);
  return [...busy.map(([loop]) => loop), ...pipes.map((pipe) => pipe.name)]
    .map((loop) => `vigie.${name}.${loop}`)
    .sort();
};
