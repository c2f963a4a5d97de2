import type { NativeObject } from '../sources/source.js';
import { windows } from '../sources/windows/index.js';
import { headersOfPlace, asDeadLetter } from './records.js';
import { readMessage } from './message.js';
import { MOST_EVENT_BYTES } from './piece.js';
import { eventIdOf, partsOfTopic, shardOf, type IngestPlace } from './topic.js';

const place: IngestPlace = {
  topic: 'ingest.acme.edr',
  partition: 0,
  offset: '41',
  timestamp: Date.UTC(2026, 10, 2, 10),
};
const read = (message: string | Buffer) => readMessage(Buffer.from(message), place, windows);
const event = (extra: object = {}): string =>
  JSON.stringify({ Hostname: 'WS1', EventID: 1, TimeCreated: '2026-11-02T09:59:00Z', ...extra });

describe('a message', () => {
  it('gives events whose ids derive from where they lie', () => {
    const { events, rejected } = read(`${event()}\n${event({ EventID: 2 })}`);
    expect(rejected).toEqual([]);
    expect(events.map(({ id }) => id)).toEqual([eventIdOf(place, 0), eventIdOf(place, 1)]);
    expect(events[1]).toMatchObject({
      entity: 'host:ws1',
      occurredAt: Date.UTC(2026, 10, 2, 9, 59),
      ingestedAt: place.timestamp,
      offset: 41,
      index: 1,
      flags: [],
    });
    expect(read(event()).events[0]?.id).toBe(events[0]?.id);
    expect(eventIdOf({ ...place, timestamp: place.timestamp + 1 }, 0)).not.toBe(events[0]?.id);
  });

  it('sets a message aside that was packed and holds more than any topic takes', () => {
    const { events, rejected } = read(' '.repeat(4 * 1024 * 1024 + 1));
    expect([events, rejected.map(({ code }) => code)]).toEqual([[], ['TOO_LARGE']]);
  });

  it('parses an event that has a line to itself once', () => {
    const parse = jest.spyOn(JSON, 'parse');
    expect(read(`${event()}\n${event({ message: 'said' })}\n`).events).toHaveLength(2);
    expect(parse).toHaveBeenCalledTimes(2);
    parse.mockRestore();
  });

  it('keeps native bytes as they came', () => {
    const odd = '{"Hostname" : "WS1", "Big": 12345678901234567890}';
    expect(String(read(odd).events[0]?.native)).toBe(odd);
  });

  it('clamps a clock that is ahead and says when it has none', () => {
    expect(read(event({ TimeCreated: '2027-01-01T00:00:00Z' })).events[0]).toMatchObject({
      occurredAt: place.timestamp + 300_000,
      flags: ['clock-clamped'],
    });
    expect(read('{"Hostname":"WS1"}').events[0]).toMatchObject({
      occurredAt: place.timestamp,
      flags: ['time-missing'],
    });
  });

  it('takes a UTF-8 byte order mark', () => {
    expect(read(`\ufeff${event()}`).events).toHaveLength(1);
  });

  it.each<[string, string | Buffer, string]>([
    ['is not JSON', '{"a":', 'NOT_JSON'],
    ['is not an object', '42', 'NOT_AN_OBJECT'],
    ['is UTF-16', Buffer.from(`\ufeff${event()}`, 'utf16le'), 'WRONG_ENCODING'],
    ['is UTF-16 without a mark', Buffer.from(event(), 'utf16le'), 'WRONG_ENCODING'],
    ['is Latin-1', Buffer.from('{"Hostname":"caf\u00e9"}', 'latin1'), 'WRONG_ENCODING'],
    ['is gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'COMPRESSED'],
    ['is too deep', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`, 'TOO_DEEP'],
    ['is too large', `{"a":"${'x'.repeat(MOST_EVENT_BYTES)}"}`, 'TOO_LARGE'],
  ])('is rejected with a reason when it %s', (_name, message, code) => {
    expect(read(message)).toMatchObject({
      events: [],
      rejected: [{ index: 0, id: eventIdOf(place, 0), code, sentence: expect.stringMatching(/\.?$/) }],
    });
  });

  it('rejects an event that its source throws at and goes on with the rest', () => {
    const throwing = {
      ...windows,
      normalise: (one: NativeObject, native: Buffer) => {
        if (one.EventID === 2) throw new TypeError('no');
        return windows.normalise(one, native);
      },
    };
    const { events, rejected } = readMessage(
      Buffer.from([event(), event({ EventID: 2 }), event()].join('\n')),
      place,
      throwing,
    );
    expect(events.map(({ index }) => index)).toEqual([0, 2]);
    expect(rejected).toMatchObject([
      { index: 1, id: eventIdOf(place, 1), code: 'NOT_NORMALISED', sentence: 'No event can be made of it: no' },
    ]);
  });

  it('rejects a bad line and goes on with the rest', () => {
    const { events, rejected } = read(`${event()}\nnot json\n${event()}`);
    expect(events.map(({ index }) => index)).toEqual([0, 2]);
    expect(rejected.map(({ index, code, bytes }) => [index, code, String(bytes)])).toEqual([
      [1, 'NOT_JSON', 'not json'],
    ]);
  });
});

describe('a dead letter that comes again', () => {
  const headers = headersOfPlace(place, 3);
  const record = {
    topic: 'vigie.collection.retry',
    partition: 0,
    offset: '0',
    timestamp: 9,
    key: 'acme',
    value: Buffer.from(event()),
    headers,
  };

  it('gets the id it would have had', () => {
    const [again] = asDeadLetter(record);
    expect(again).toMatchObject({ tenant: 'acme', source: 'edr', wanted: { firstIndex: 3 } });
    expect(readMessage(record.value, again?.place ?? place, windows, again?.wanted).events[0]).toMatchObject({
      id: eventIdOf(place, 3),
      offset: 41,
      index: 3,
    });
  });

  it('is nothing without its place, or with another topic', () => {
    expect(asDeadLetter({ ...record, headers: {} })).toEqual([]);
    expect(asDeadLetter({ ...record, headers: { ...headers, ingesttopic: 'vigie.tenant.state' } })).toEqual([]);
  });
});

it('takes tenant and source from ingest topics alone', () => {
  expect(partsOfTopic('ingest.acme.edr')).toEqual({ tenant: 'acme', source: 'edr' });
  for (const topic of ['vigie.telemetry.normalized', 'ingest.acme', 'ingest.ACME.edr', 'ingest.a.b.c'])
    expect(partsOfTopic(topic)).toBeUndefined();
});

it('spreads entities over shards, the same way every time', () => {
  const shards = new Set(Array.from({ length: 100 }, (_, at) => shardOf(`host:h${at}`, 4)));
  expect([...shards].sort()).toEqual([0, 1, 2, 3]);
  expect(shardOf('host:h1', 1)).toBe(0);
});
