import { gzipSync } from 'node:zlib';
import { readMessage } from '../ingest/message.js';
import { sourceOf } from '../sources/index.js';
import { firehose } from './firehose.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import { authorizationOf, tokenIn } from './tokens-sent.js';

const FACTS = { contentType: 'application/json', query: new URLSearchParams() };
const format = firehose({ requestId: 'r', attributes: '{"commonAttributes":{"site":"paris"}}' });
const base64 = (value: Buffer | string): string => Buffer.from(value).toString('base64');
const body = (...data: (Buffer | string)[]): Buffer =>
  Buffer.from(JSON.stringify({ requestId: 'r', timestamp: 1, records: data.map((one) => ({ data: base64(one) })) }));
const logs = (...messages: string[]): Buffer =>
  gzipSync(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      logGroup: 'g',
      logEvents: messages.map((message, id) => ({ id: String(id), timestamp: 1_795_892_342_000, message })),
    }),
  );
const normalised = (events: Buffer[]) => {
  const source = sourceOf('AWS_CLOUDTRAIL');
  if (!source) throw new Error('no source');
  const place = { topic: 't', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 28, 19) };
  const read = readMessage(Buffer.concat(events.flatMap((line) => [line, Buffer.from('\n')])), place, source, {
    enveloped: true,
  });
  return {
    names: read.events.map(({ native }) => (JSON.parse(String(native)) as { eventName: string }).eventName),
    lost: read.rejected.map(({ code }) => code),
    envelope: JSON.parse(String(read.events[0]?.envelope ?? null)) as unknown,
  };
};

describe('a request of Firehose', () => {
  it('is answered with its id', () => {
    const answer = { requestId: 'r', timestamp: expect.any(Number) as number };
    expect(format.taken({ accepted: 1, bytes: 1 }, FACTS)).toEqual({ status: 200, body: answer });
    const refusal = Object.assign(new Error('no'), { status: 413, code: 'X' });
    expect(format.refused(refusal as never, FACTS)).toEqual({ status: 413, body: { ...answer, errorMessage: 'no' } });
  });

  it('brings the events of its records, with what is said around them', () => {
    const { events, rejected } = format.read(
      body('{"eventName":"A"}\n{"eventName":"B"}', '{"eventName":"C"}{"eventName":"D"}', logs('{"eventName":"E"}')),
      FACTS,
    );
    expect(rejected).toBeUndefined();
    expect(normalised(events)).toMatchObject({
      names: ['A', 'B', 'C', 'D', 'E'],
      lost: [],
      envelope: { firehose: { requestId: 'r', timestamp: 1, commonAttributes: { site: 'paris' } } },
    });
  });

  it('brings what is too large for a topic in parts, where it is a wrapper', () => {
    const large = JSON.stringify({ eventName: 'A', x: 'x'.repeat(400_000) });
    const { events } = format.read(body(logs(large, large, large, large)), FACTS);
    expect(events.map(({ length }) => length <= MOST_APPENDED_BYTES)).toEqual([true, true, true, true]);
    expect(normalised(events).names).toEqual(['A', 'A', 'A', 'A']);
  });

  it.each<[string, Buffer, string]>([
    ['no base64', Buffer.from('{"records":[{"data":"{}"}]}'), 'BAD_BASE64'],
    ['nothing', Buffer.from('{"records":[{"data":""}]}'), 'EMPTY'],
    ['no text', Buffer.from('{"records":[7]}'), 'EMPTY'],
    ['packed and broken', body(gzipSync('x'.repeat(99)).subarray(0, 20)), 'COMPRESSED'],
    ['too large', body(JSON.stringify({ x: 'x'.repeat(1_100_000) })), 'TOO_LARGE'],
  ])('loses a record alone that is %s', (_, sent, code) => {
    const { events, rejected } = format.read(sent, FACTS);
    expect(rejected?.count).toBe(1);
    expect(normalised(events).lost).toEqual([code]);
  });

  it('is refused when it is none, or unpacks to too much', () => {
    expect(() => format.read(Buffer.from('[1]'), FACTS)).toThrow('Firehose');
    const bomb = gzipSync(Buffer.alloc(7 * 1024 * 1024, 'x'));
    expect(() => format.read(body(bomb, bomb, bomb, bomb, bomb, bomb), FACTS)).toThrow('unpack to too much');
  });

  it('writes what is said of all records around each only as long as there is room', () => {
    const wide = firehose({
      requestId: 'r',
      attributes: JSON.stringify({ commonAttributes: { site: 'x'.repeat(8_000) } }),
    });
    const { events } = wide.read(body(...Array.from({ length: 20_000 }, () => '{"eventName":"A"}')), FACTS);
    const bytes = events.reduce((sum, { length }) => sum + length, 0);
    expect([events.length, bytes < 36 * 1024 * 1024]).toEqual([20_000, true]);
    expect(String(events.at(-1))).toBe('{"by":"firehose","flags":["envelope-truncated"],"event":{"eventName":"A"}}');
  });

  it.each<[string, string | undefined]>([
    ['none', undefined],
    ['no JSON', '{'],
    ['none of these', '{"commonAttributes":7}'],
    ['too deep to be written', `{"commonAttributes":${'{"a":'.repeat(3_000)}1${'}'.repeat(3_001)}`],
    ['more than a header has', JSON.stringify({ commonAttributes: { a: '\u0001'.repeat(9_000) } })],
  ])('is taken without attributes that are %s', (_, attributes) => {
    const { events, rejected } = firehose({ requestId: 'r', attributes }).read(body('{"eventName":"A"}'), FACTS);
    expect([events.map(String), rejected]).toEqual([
      ['{"by":"firehose","said":{"requestId":"r","timestamp":1},"event":{"eventName":"A"}}'],
      undefined,
    ]);
  });

  it('counts what it costs to unpack, and what wrappers say around each of their events', () => {
    const tiny = gzipSync('{}');
    expect(format.read(body(...Array.from({ length: 5_000 }, () => tiny)), FACTS).events).toHaveLength(5_000);
    expect(() => format.read(body(...Array.from({ length: 20_000 }, () => tiny)), FACTS)).toThrow('unpack to too much');
    const said = { messageType: 'D', logGroup: 'g'.repeat(900_000) };
    const wide = gzipSync(
      JSON.stringify({ ...said, logEvents: Array.from({ length: 9_000 }, () => ({ message: '{}' })) }),
    );
    expect(() => format.read(body(wide), FACTS)).toThrow('unpack to too much');
  });

  it('is let in by its access key', () =>
    expect(tokenIn(authorizationOf({ 'x-amz-firehose-access-key': 'good' }))).toBe('good'));
});
