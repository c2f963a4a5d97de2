import { otlp } from './otlp.js';
import { bytesField, numberField } from './protobuf.js';
import type { TakenBody } from './body-format.js';

const JSON_TYPE = { contentType: 'application/json', query: new URLSearchParams() };
const PROTOBUF = { contentType: 'application/x-protobuf', query: new URLSearchParams() };
const take = (body: unknown): TakenBody =>
  otlp.read(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), JSON_TYPE);
const logs = (...logRecords: unknown[]): object => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
const lines = ({ events }: TakenBody): unknown[] => events.map((line) => JSON.parse(String(line)) as unknown);
const text = (stringValue: string) => ({ stringValue });
const pair = (key: string, value: object) => ({ key, value });

const NANOS = '1795805000250000000';
const AT = 1795805000250;

describe('OTLP logs as JSON', () => {
  it('keeps what resource, scope and record say', () => {
    const body = {
      resourceLogs: [
        {
          resource: { attributes: [pair('host.name', text('web1')), pair('n', { intValue: '9232379236109516800' })] },
          scopeLogs: [
            {
              scope: { name: 'filelog', version: '1', attributes: [pair('s', { boolValue: true })] },
              logRecords: [
                {
                  timeUnixNano: NANOS,
                  observedTimeUnixNano: '1795805001000000000',
                  severityNumber: 9,
                  severityText: 'INFO',
                  traceId: 'ab',
                  attributes: [pair('log.file.name', text('x'))],
                  body: text('plain'),
                },
              ],
            },
          ],
        },
      ],
    };
    const [line] = take(body).events;
    expect(JSON.parse(String(line))).toEqual({
      by: 'otlp',
      at: AT,
      host: 'web1',
      said: {
        resource: { 'host.name': 'web1', n: expect.any(Number) },
        scope: { name: 'filelog', version: '1', attributes: { s: true } },
        timeUnixNano: NANOS,
        observedTimeUnixNano: '1795805001000000000',
        severityNumber: 9,
        severityText: 'INFO',
        traceId: 'ab',
        attributes: { 'log.file.name': 'x' },
      },
      event: 'plain',
    });
    expect(String(line)).toContain('"n":9232379236109516800');
  });

  it.each<[string, object, object]>([
    ['nanoseconds', { timeUnixNano: NANOS }, { at: AT }],
    ['a number', { timeUnixNano: 1795805000250000000 }, { at: AT }],
    [
      'zero, which is unknown',
      { timeUnixNano: '0', observedTimeUnixNano: NANOS },
      { at: AT, flags: ['time-observed'] },
    ],
    ['none', { observedTimeUnixNano: NANOS }, { at: AT, flags: ['time-observed'] }],
    ['neither', { timeUnixNano: 0, observedTimeUnixNano: '0' }, {}],
    ['1970', { timeUnixNano: '17e8' }, { flags: ['time-impossible'] }],
    ['an exponent', { timeUnixNano: '1.79580500025e18' }, { at: AT }],
    [
      '1970, and when it was seen',
      { timeUnixNano: '5', observedTimeUnixNano: NANOS },
      { at: AT, flags: ['time-impossible', 'time-observed'] },
    ],
    ['the year 9999', { timeUnixNano: '253402300799000000000' }, { flags: ['time-impossible'] }],
    ['words', { timeUnixNano: 'now' }, { flags: ['time-impossible'] }],
    ['an object', { timeUnixNano: {} }, { flags: ['time-impossible'] }],
    ['a name as the proto has it', { time_unix_nano: NANOS }, { at: AT }],
  ])('a time that is %s', (_what, time, expected) => {
    const [line] = lines(take(logs({ ...time, body: text('x') }))) as [Record<string, unknown>];
    const { said: _said, ...rest } = line;
    expect(rest).toEqual({ by: 'otlp', event: 'x', ...expected });
  });

  it.each<[string, object, string]>([
    [
      'a map',
      { kvlistValue: { values: [pair('Channel', text('Security')), pair('EventID', { intValue: '4625' })] } },
      '{"Channel":"Security","EventID":4625}',
    ],
    [
      'digits of 64 bits',
      { kvlistValue: { values: [pair('k', { intValue: '-9223372036854775808' })] } },
      '{"k":-9223372036854775808}',
    ],
    ['zeros before digits', { kvlistValue: { values: [pair('k', { intValue: '007' })] } }, '{"k":7}'],
    [
      'doubles',
      { kvlistValue: { values: [pair('a', { doubleValue: 1.5 }), pair('b', { doubleValue: 'NaN' })] } },
      '{"a":1.5,"b":"NaN"}',
    ],
    ['a list', { arrayValue: { values: [text('a'), { boolValue: false }, {}] } }, '"[\\"a\\",false,null]"'],
    [
      'a map in a list in a map',
      { kvlistValue: { values: [pair('a', { arrayValue: { values: [{ kvlistValue: { values: [] } }] } })] } },
      '{"a":[{}]}',
    ],
    ['JSON text', text('{"a":1}'), '"{\\"a\\":1}"'],
    ['bytes', { bytesValue: Buffer.from('caf\xe9', 'latin1').toString('base64') }, '"café"'],
  ])('a body that is %s', (_what, body, event) => {
    const [line] = take(logs({ body })).events;
    expect(String(line)).toMatch(new RegExp(`^\\{"by":"otlp",.*"event":`));
    expect(String(line).endsWith(`"event":${event}}`) || String(line)).toBe(true);
  });

  it('takes attributes for the event where there is no body', () =>
    expect(lines(take(logs({ attributes: [pair('a', text('b'))] })))[0]).toMatchObject({ event: { a: 'b' } }));

  it('says attributes that are the event once', () =>
    expect(lines(take(logs({ attributes: [pair('a', text('b'))] })))).toEqual([{ by: 'otlp', event: { a: 'b' } }]));

  it('writes a resource around as many records as there is room for, and of a long one what fits', () => {
    const resource = {
      attributes: [
        pair('x', text('x'.repeat(7_000_000))),
        pair('host.name', text('web1')),
        pair('y', text('y'.repeat(9_000))),
      ],
    };
    const record = { body: text('a') };
    const { events } = take({
      resourceLogs: [{ resource, scopeLogs: [{ logRecords: Array.from({ length: 10_000 }, () => record) }] }],
    });
    expect(events.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(40 * 1024 * 1024);
    expect(JSON.parse(String(events[0]))).toEqual({
      by: 'otlp',
      host: 'web1',
      flags: ['envelope-truncated'],
      said: { resource: { 'host.name': 'web1', y: 'y'.repeat(9_000) } },
      event: 'a',
    });
    expect(JSON.parse(String(events.at(-1)))).toEqual({
      by: 'otlp',
      host: 'web1',
      flags: ['envelope-truncated'],
      event: 'a',
    });
  });

  it('one record that is bad refuses no other: it is counted and set aside', () => {
    const deep = JSON.parse(`${'{"arrayValue":{"values":['.repeat(500)}{}${']}}'.repeat(500)}`) as object;
    const taken = take(
      logs({ body: text('a') }, 3, {}, { body: deep }, { body: text('x'.repeat(1_040_000)) }, { body: text('b') }),
    );
    expect(taken.rejected).toEqual({ count: 4, sentence: expect.any(String) });
    expect(lines(taken)).toEqual([
      expect.objectContaining({ event: 'a' }),
      ...['NO_EVENT', 'NO_EVENT', 'TOO_DEEP', 'TOO_LARGE'].map((code) =>
        expect.objectContaining({ problem: { code, sentence: expect.any(String) } }),
      ),
      expect.objectContaining({ event: 'b' }),
    ]);
    expect(otlp.taken({ accepted: 6, bytes: 1, rejected: taken.rejected }, JSON_TYPE)).toEqual({
      status: 200,
      body: { partialSuccess: { rejectedLogRecords: '4', errorMessage: expect.any(String) } },
    });
  });

  it('takes a request of nothing', () => expect(take(logs()).events).toEqual([]));

  it.each(['{}', 'x', '[]', '{"resourceLogs":3}'])('refuses %s', (body) =>
    expect(() => take(body)).toThrow(expect.objectContaining({ status: 400, code: 'BAD_BODY' })),
  );

  it.each([
    ['records', () => `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${'{},'.repeat(100_000)}{}]}]}]}`],
    ['values', () => `{"resourceLogs":[${'[],'.repeat(1_000_000)}[]]}`],
  ])('refuses more %s than one request may hold', (_name, body) =>
    expect(() => take(body())).toThrow(expect.objectContaining({ status: 413, code: 'TOO_MANY_EVENTS' })),
  );

  it('says a refusal as a Status', () => {
    const refusal = { name: 'Refusal', status: 429, code: 'BUSY', message: 'Wait.' } as const;
    expect(otlp.refused(refusal, JSON_TYPE)).toEqual({ status: 429, body: { code: 8, message: 'BUSY: Wait.' } });
    expect(otlp.refused({ ...refusal, status: 408 }, PROTOBUF)).toEqual({
      status: 503,
      type: 'application/x-protobuf',
      body: Buffer.concat([numberField(1, 14), bytesField(2, Buffer.from('BUSY: Wait.'))]),
    });
  });
});

const fixed = (number: number, value: bigint): Buffer => {
  const bytes = Buffer.alloc(9);
  bytes[0] = (number << 3) | 1;
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
};
const field = (number: number, ...parts: Buffer[]): Buffer => bytesField(number, Buffer.concat(parts));
const string = (value: string): Buffer => field(1, Buffer.from(value));
const keyValue = (key: string, value: Buffer): Buffer => Buffer.concat([string(key), field(2, value)]);

describe('OTLP logs as Protocol Buffers', () => {
  const record = Buffer.concat([
    fixed(1, 1795805000250000000n),
    numberField(2, 17),
    field(3, Buffer.from('ERROR')),
    field(5, field(6, field(1, keyValue('EventID', numberField(3, 4625))), field(1, keyValue('who', string('ada'))))),
    field(6, keyValue('log.file.name', string('x'))),
    field(9, Buffer.from('0102', 'hex')),
    numberField(99, 5),
  ]);
  const request = (...records: Buffer[]): Buffer =>
    field(
      1,
      field(1, field(1, keyValue('host.name', string('web1')))),
      field(2, ...records.map((one) => field(2, one))),
    );

  it('are read as their JSON is', () =>
    expect(lines(otlp.read(request(record), PROTOBUF))).toEqual([
      {
        by: 'otlp',
        at: AT,
        host: 'web1',
        said: {
          resource: { 'host.name': 'web1' },
          timeUnixNano: NANOS,
          severityNumber: 17,
          severityText: 'ERROR',
          traceId: '0102',
          attributes: { 'log.file.name': 'x' },
        },
        event: { EventID: 4625, who: 'ada' },
      },
    ]));

  it('keeps negative numbers of 64 bits', () => {
    const minusOne = Buffer.concat([Buffer.from([3 << 3]), Buffer.alloc(9, 0xff), Buffer.from([1])]);
    expect(
      String(otlp.read(request(field(5, field(6, field(1, keyValue('n', minusOne))))), PROTOBUF).events[0]),
    ).toContain('"event":{"n":-1}}');
  });

  it('a request of nothing is taken', () => expect(otlp.read(Buffer.alloc(0), PROTOBUF).events).toEqual([]));

  it.each<[string, Buffer]>([
    ['text', Buffer.from('{"resourceLogs":[]}')],
    ['what is cut off', request(record).subarray(0, -5)],
    [
      'what nests for ever',
      Array.from({ length: 300 }).reduce<Buffer>((inside) => field(5, field(1, inside)), Buffer.alloc(0)),
    ],
    ['a number that does not end', Buffer.alloc(20, 0xff)],
    ['a field without number', Buffer.from([0, 0])],
  ])('refuses %s, with a Status', (what, body) => {
    const wrapped = what === 'what nests for ever' ? request(field(5, body)) : body;
    expect(() => otlp.read(wrapped, PROTOBUF)).toThrow(expect.objectContaining({ status: 400, code: 'BAD_BODY' }));
  });

  it('answers in the encoding that it was asked in', () => {
    expect(otlp.taken({ accepted: 1, bytes: 1 }, PROTOBUF)).toMatchObject({
      body: Buffer.alloc(0),
      type: PROTOBUF.contentType,
    });
    expect(otlp.taken({ accepted: 1, bytes: 1 }, JSON_TYPE)).toEqual({ status: 200, body: {} });
    expect(otlp.taken({ accepted: 2, bytes: 1, rejected: { count: 1, sentence: 'why' } }, PROTOBUF).body).toEqual(
      field(1, numberField(1, 1), field(2, Buffer.from('why'))),
    );
  });
});
