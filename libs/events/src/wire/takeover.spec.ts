import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import createRequest from 'kafkajs/src/protocol/request.js';
import theirRequest from 'kafkajs/src/protocol/requests/produce/v7/request.js';
import produce from 'kafkajs/src/protocol/requests/produce/index.js';
import type Encoder from 'kafkajs/src/protocol/encoder.js';
import { OutMessage, type ProduceOptions } from './produce-request.js';
import { takeOver } from './takeover.js';

type ClientsRequest = { encode(): Promise<Encoder> };
const client = join('node_modules', 'kafkajs');
/** What is replaced, and what calls it. */
const INSIDES = [
  'network/connection',
  'network/socket',
  'protocol/request',
  'protocol/encoder',
  'protocol/decoder',
  'protocol/requests/index',
  ...['index', 'v3/request', 'v7/request', 'v7/response'].map((file) => `protocol/requests/produce/${file}`),
  ...['index', 'v11/request', 'v11/response', 'v4/decodeMessages'].map((file) => `protocol/requests/fetch/${file}`),
  ...['v0/index', 'v0/decoder', 'record/v0/index', 'record/v0/decoder'].map((file) => `protocol/recordBatch/${file}`),
  ...['batch', 'filterAbortedMessages', 'runner'].map((file) => `consumer/${file}`),
  ...['sendMessages', 'groupMessagesPerPartition', 'partitioners/default/murmur2'].map((file) => `producer/${file}`),
];

it('replaces what the client is inside in this version: of another, read first whether all of it still holds', () => {
  const { version } = JSON.parse(readFileSync(join(client, 'package.json'), 'utf8')) as { version: string };
  const hash = createHash('sha256');
  for (const file of INSIDES) hash.update(readFileSync(join(client, 'src', `${file}.js`)));
  expect([version, hash.digest('hex').slice(0, 16)]).toEqual(['2.2.4', 'e3a4d21e26daa969']);
});

describe('a request to produce', () => {
  const huge = 'x'.repeat(3_000_000);
  const headers = { 'content-type': 'application/avro', ce_id: '', ce_time: '2026-11-30', größe: 'é'.repeat(99) };
  const some = (count: number) =>
    Array.from({ length: count }, (_, at) => new OutMessage(`acme/${at % 7}`, Buffer.from(`event ${at}`), {}));
  const options = (...messages: OutMessage[][]): ProduceOptions => ({
    acks: -1,
    timeout: 30_000,
    producerId: '4294967296123',
    producerEpoch: 3,
    compression: 0,
    topicData: messages.map((all, at) => ({
      topic: `ingest.acme.tröte-${at}`,
      partitions: [
        { partition: at, firstSequence: 2_147_483_000, messages: all },
        { partition: at + 1, firstSequence: 0, messages: all.slice(0, 1) },
      ],
    })),
  });
  const sent = async (request: ClientsRequest, clientId: string): Promise<Buffer> => {
    const make = createRequest as (given: object) => Promise<Encoder>;
    return (await make({ correlationId: 77, clientId, request: { apiKey: 0, apiVersion: 7, encode: request.encode } }))
      .buffer;
  };

  it.each<[string, ProduceOptions]>([
    ['one record', options(some(1))],
    ['500 records', options(some(500))],
    ['of two topics', options(some(3), some(2))],
    ['an empty value and an empty key', options([new OutMessage('', Buffer.alloc(0), {})])],
    ['no key', options([new OutMessage(null, Buffer.from('x'), {})])],
    ['headers', options([new OutMessage('k', Buffer.from('x'), headers)])],
    ['a long key in other letters', options([new OutMessage('語'.repeat(60), Buffer.from('x'), headers)])],
    ['a huge value', options([new OutMessage('k', Buffer.from(huge), headers), ...some(9)])],
    ['9,000 records', options(some(9_000))],
  ])("is byte for byte the client's own: %s", async (_name, given) => {
    jest.spyOn(Date, 'now').mockReturnValue(1_764_500_000_123);
    const theirs = (theirRequest as (given: object) => ClientsRequest)({ ...given, transactionalId: undefined });
    const names = ['vigie', 'x'.repeat(300)];
    const wanted = [await sent(theirs, names[0] as string), await sent(theirs, names[1] as string)];
    takeOver();
    const { request } = produce.protocol({ version: 7 })({ ...given, transactionalId: undefined });
    for (const [at, name] of names.entries())
      expect((await sent(request, name)).equals(wanted[at] as Buffer)).toBe(true);
    jest.restoreAllMocks();
  });

  it("is left to the client when it is not what is sent here: transactions, packed records, others' messages", () => {
    takeOver();
    const plain = options(some(1));
    const others = {
      ...plain,
      topicData: [{ topic: 'x', partitions: [{ partition: 0, messages: [{ value: 'x' }] }] }],
    };
    const encodes = [plain, { ...plain, transactionalId: 't' }, { ...plain, compression: 1 }, others].map((given) =>
      String(produce.protocol({ version: 7 })(given).request.encode).includes('produceRequest'),
    );
    expect(encodes).toEqual([true, false, false, false]);
  });
});
