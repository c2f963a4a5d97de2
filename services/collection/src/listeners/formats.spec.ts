import { hec, ndjson, otlp } from './formats.js';
import { packed } from './packing.js';
import { cutFrames } from './syslog.js';

const read = (format: typeof ndjson, body: unknown): string[] =>
  format.read(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))).map(String);

describe('what clients post', () => {
  it('NDJSON stays as it is, broken lines too', () => {
    expect(read(ndjson, '{"a":1}\nbroken\n{"b":2}\n')).toEqual(['{"a":1}', 'broken', '{"b":2}']);
  });

  it('HEC events are unwrapped, text becomes a message', () => {
    expect(read(hec, '{"event":{"a":1},"time":1}{"event":"{\\"b\\":2}"}\n{"event":"plain","host":"h","time":1762077600}'))
      .toEqual(['{"a":1}', '{"b":2}', '{"host":"h","@timestamp":1762077600,"message":"plain"}']);
  });

  it.each(['{"event":{}}{', '{"no":"event"}', '[1]', 'text'])('HEC refuses %s', (body) => {
    expect(() => read(hec, body)).toThrow('HEC events');
  });

  it.each(['event', 'host'])('HEC refuses, and does not ask again for, what nests too deeply in its %s', (field) => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const body = Buffer.from(field === 'event' ? `{"event":${deep}}` : `{"event":"text","host":${deep}}`);
    expect(() => hec.read(body)).toThrow(expect.objectContaining({ status: 400, code: 'TOO_DEEP' }));
  });

  it('OTLP refuses what nests too deeply', () => {
    const deep = `${'{"arrayValue":{"values":['.repeat(30_000)}${']}}'.repeat(30_000)}`;
    expect(() => otlp.read(Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${deep}}]}]}]}`))).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('OTLP bodies become events', () => {
    const body = (value: object) => ({ body: value, timeUnixNano: '1762077600000000000', attributes: [{ key: 'k', value: { intValue: '7' } }] });
    const records = [
      body({ stringValue: '{"a":1}' }),
      body({ kvlistValue: { values: [{ key: 'b', value: { arrayValue: { values: [{ stringValue: 'x' }, { boolValue: true }] } } }] } }),
      body({ stringValue: 'plain' }),
    ];
    expect(read(otlp, { resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] }))
      .toEqual(['{"a":1}', '{"b":["x",true]}', '{"k":7,"@timestamp":"2025-11-02T10:00:00.000Z","message":"plain"}']);
  });

  it.each(['{}', '{"resourceLogs":[{"scopeLogs":[{"logRecords":[3]}]}]}', 'x'])('OTLP refuses %s', (body) => {
    expect(() => read(otlp, body)).toThrow('OTLP');
  });
});

describe('packing', () => {
  it('joins lines and leaves what has line breaks alone', () => {
    const messages = packed(['{"a":1}', '{"b":2}', '{\n"c":3}', '{"d":4}'].map((text) => Buffer.from(text))).map(String);
    expect(messages).toEqual(['{"a":1}\n{"b":2}', '{\n"c":3}', '{"d":4}']);
  });

  it('bounds a message', () => {
    expect(packed(Array.from({ length: 10 }, () => Buffer.alloc(100_000, 'x'))).map(({ length }) => length)).toEqual(Array.from({ length: 5 }, () => 200_001));
  });
});

describe('syslog frames', () => {
  const cut = (text: string) => {
    const { frames, rest } = cutFrames(Buffer.from(text));
    return { frames: frames.map(String), rest: String(rest) };
  };

  it.each<[string, string, { frames: string[]; rest: string }]>([
    ['lines', '<13>a\r\n<13>b\n<13>c', { frames: ['<13>a', '<13>b'], rest: '<13>c' }],
    ['octet counting', '5 <13>a7 <13>b\nc4 <1', { frames: ['<13>a', '<13>b\nc'], rest: '4 <1' }],
    ['nothing', '', { frames: [], rest: '' }],
  ])('are cut by %s', (_name, text, expected) => expect(cut(text)).toEqual(expected));

  it('that never end are refused', () => {
    expect(() => cutFrames(Buffer.alloc(1_100_000, 'x'))).toThrow(RangeError);
  });
});
