import { hec, ndjson, otlp } from './formats.js';
import { packed } from './packing.js';

const read = (format: typeof ndjson, body: unknown): string[] =>
  format.read(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))).map(String);

describe('what clients post', () => {
  it('NDJSON stays as it is, broken lines too', () => {
    expect(read(ndjson, '{"a":1}\nbroken\n{"b":2}\n')).toEqual(['{"a":1}', 'broken', '{"b":2}']);
  });

  it('HEC events are unwrapped, text becomes a message', () => {
    expect(
      read(hec, '{"event":{"a":1},"time":1}{"event":"{\\"b\\":2}"}\n{"event":"plain","host":"h","time":1762077600}'),
    ).toEqual(['{"a":1}', '{"b":2}', '{"host":"h","@timestamp":1762077600,"message":"plain"}']);
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
    expect(() =>
      otlp.read(Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${deep}}]}]}]}`)),
    ).toThrow(expect.objectContaining({ status: 400 }));
  });

  it.each<[string, typeof ndjson, () => string]>([
    ['lines', ndjson, () => '0\n'.repeat(100_001)],
    ['an array', ndjson, () => `[${'{},'.repeat(100_000)}{}]`],
    ['HEC events', hec, () => '{"event":1}'.repeat(100_001)],
    ['OTLP records', otlp, () => `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${'{},'.repeat(100_000)}{}]}]}]}`],
    ['OTLP values', otlp, () => `{"resourceLogs":[${'[],'.repeat(1_000_000)}[]]}`],
  ])('more %s than one request may hold are refused', (_name, format, body) => {
    expect(() => format.read(Buffer.from(body()))).toThrow(
      expect.objectContaining({ status: 413, code: 'TOO_MANY_EVENTS' }),
    );
  });

  it('a number of a million digits is no time, and costs nothing', () => {
    const record = (timeUnixNano: string) => ({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'x' }, timeUnixNano }] }] }],
    });
    const spied = jest.spyOn(globalThis, 'BigInt');
    for (const time of ['9'.repeat(1_000_000), '-1', '1e999', '99999999999999999999', '0x10'])
      expect(read(otlp, record(time))).toEqual(['{"message":"x"}']);
    expect(spied).not.toHaveBeenCalled();
    spied.mockRestore();
  });

  it('OTLP bodies become events', () => {
    const body = (value: object) => ({
      body: value,
      timeUnixNano: '1762077600000000000',
      attributes: [{ key: 'k', value: { intValue: '7' } }],
    });
    const records = [
      body({ stringValue: '{"a":1}' }),
      body({
        kvlistValue: {
          values: [{ key: 'b', value: { arrayValue: { values: [{ stringValue: 'x' }, { boolValue: true }] } } }],
        },
      }),
      body({ stringValue: 'plain' }),
    ];
    expect(read(otlp, { resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] })).toEqual([
      '{"a":1}',
      '{"b":["x",true]}',
      '{"k":7,"@timestamp":"2025-11-02T10:00:00.000Z","message":"plain"}',
    ]);
  });

  it.each(['{}', '{"resourceLogs":[{"scopeLogs":[{"logRecords":[3]}]}]}', 'x'])('OTLP refuses %s', (body) => {
    expect(() => read(otlp, body)).toThrow('OTLP');
  });
});

describe('packing', () => {
  it('joins lines and leaves what has line breaks alone', () => {
    const messages = packed(['{"a":1}', '{"b":2}', '{\n"c":3}', '{"d":4}'].map((text) => Buffer.from(text))).map(
      String,
    );
    expect(messages).toEqual(['{"a":1}\n{"b":2}', '{\n"c":3}', '{"d":4}']);
  });

  it('puts no more lines into a message than are read of one', () => {
    const messages = packed(Array.from({ length: 12_001 }, () => Buffer.from('{}'))).map(
      (message) => String(message).split('\n').length,
    );
    expect(messages).toEqual([5_000, 5_000, 2_001]);
  });

  it('bounds a message', () => {
    expect(packed(Array.from({ length: 10 }, () => Buffer.alloc(100_000, 'x'))).map(({ length }) => length)).toEqual(
      Array.from({ length: 5 }, () => 200_001),
    );
  });
});
