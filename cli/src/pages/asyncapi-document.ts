import { catalogue, type Contract } from '#contracts';
import { topologyOf, type Topology } from '#libs/service';
import { definitions } from './definitions.js';

type AsyncapiObject = Record<string, unknown>;

/** Topics of partners, and the channel that stands for all of a sort. */
const OF_PARTNERS: Record<string, string> = { 'ingest.': 'ingest', 'receipts.': 'receipts' };
const ENVELOPE = [
  ['ce_id', 'Of the message; what is delivered again has it again.'],
  ['ce_type', 'Type of the contract, such as case.opened.'],
  ['ce_source', 'Who says it: /vigie/<service>.'],
  ['ce_subject', 'The stream it is of, or what it is about.'],
  ['ce_time', 'RFC 3339.'],
  ['ce_dataschema', 'urn:vigie:<type>:v<version>.'],
  ['ce_tenant', 'Whose; the beginning of the key too.'],
] as const;
const SOMETIMES = [
  ['ce_causationid', 'What it came of.'],
  ['ce_correlationid', 'The same through everything that came of one thing.'],
  ['ce_sequence', 'Of facts of streams: version.index.count.'],
  ['ce_actor', 'Of requests: a compact JWS over who asks what until when (docs/security.md).'],
  ['ce_expiresat', 'Of requests: RFC 3339.'],
  ['ce_basedon', 'Of requests: version of the stream that they are based on.'],
  ['traceparent', 'W3C.'],
] as const;

/** The version that is written today, of each type; behind it stands what it was before its enums grew. */
const latest = (): Contract[] => {
  const found = new Map<string, Contract>();
  for (const one of catalogue) if ((found.get(one.type)?.version ?? 0) < one.version) found.set(one.type, one);
  return [...found.values()];
};

const ref = (...path: string[]): AsyncapiObject => ({
  $ref: `#/${path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
});

const messageOf = ({ type, kind, version, id, schema }: Contract): AsyncapiObject => {
  const avro = JSON.parse(schema) as { doc?: string };
  return {
    name: type,
    title: `${type} v${version}`,
    summary: avro.doc ?? '',
    tags: [{ name: kind === 'events' ? 'fact' : 'request' }],
    contentType: 'application/avro',
    traits: [ref('components', 'messageTraits', 'envelope')],
    payload: { schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0', schema: avro },
    // Confluent's framing: a nought, the id in four bytes, then Avro.
    bindings: { kafka: { schemaIdLocation: 'payload', schemaIdPayloadEncoding: 'confluent', bindingVersion: '0.5.0' } },
    'x-schema-id': id,
  };
};

const envelope = (): AsyncapiObject => {
  const named = (list: readonly (readonly [string, string])[]): AsyncapiObject =>
    Object.fromEntries(list.map(([name, description]) => [name, { type: 'string', description }]));
  return {
    headers: {
      type: 'object',
      required: ENVELOPE.map(([name]) => name),
      properties: { ...named(ENVELOPE), ...named(SOMETIMES) },
    },
  };
};

const channelsOf = (contracts: readonly Contract[]): AsyncapiObject => {
  const topics = [...new Set(contracts.map(({ topic }) => topic))].filter((topic) => topic.startsWith('vigie.')).sort();
  const channels = topics.map((topic) => {
    const messages = contracts.filter((one) => one.topic === topic).map(({ type }) => type);
    return [
      topic,
      {
        address: topic,
        messages: Object.fromEntries(messages.map((one) => [one, ref('components', 'messages', one)])),
      },
    ];
  });
  const ingest = {
    address: 'ingest.{tenant}.{source}',
    description:
      'What a partner’s tool sends, as it is: a line, an object or a list of JSON, or lines of text; of a source of kind contract, telemetry.submitted. 1 MiB at most.',
    parameters: { tenant: { description: 'Whose.' }, source: { description: 'Name of the source.' } },
    messages: {
      raw: ref('components', 'messages', 'raw'),
      'telemetry.submitted': ref('components', 'messages', 'telemetry.submitted'),
    },
  };
  const receipts = {
    address: 'receipts.{tenant}.{source}',
    description: 'What became of what a partner sent, where it asked: JSON, one for each range of offsets.',
    parameters: ingest.parameters,
    messages: { receipt: ref('components', 'messages', 'receipt') },
  };
  return Object.fromEntries([['ingest', ingest], ['receipts', receipts], ...channels]);
};

const operationsOf = ({ service, hears, says }: Topology, channels: AsyncapiObject): AsyncapiObject => {
  const named = (topics: readonly string[], action: 'send' | 'receive'): [string, AsyncapiObject][] =>
    topics
      .map((topic) => OF_PARTNERS[topic] ?? topic)
      .filter((topic) => topic in channels)
      .map((topic) => [
        `${service}.${action}.${topic}`,
        { action, channel: ref('channels', topic), tags: [{ name: service }] },
      ]);
  return Object.fromEntries([...named(hears, 'receive'), ...named(says, 'send')]);
};

/** AsyncAPI 3 of an installation: every topic with its messages, and what every service does on it. */
export const asyncapiDocument = (version: string, rooms: Topology[] = definitions.map(topologyOf)): AsyncapiObject => {
  const contracts = latest();
  const channels = channelsOf(contracts);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Vigie',
      version,
      description: 'Every arrow between the services: facts in the past tense, requests in the imperative.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/avro',
    channels,
    operations: Object.assign({}, ...rooms.map((room) => operationsOf(room, channels))) as AsyncapiObject,
    components: {
      messages: {
        raw: { name: 'raw', contentType: 'application/octet-stream', payload: { type: 'string' } },
        receipt: { name: 'receipt', contentType: 'application/json', payload: { type: 'object' } },
        ...Object.fromEntries(contracts.map((one) => [one.type, messageOf(one)])),
      },
      messageTraits: { envelope: envelope() },
    },
  };
};
