import type { OutRecord } from '#libs/events';
import { ingestRecords } from '../listeners/ingest-records.js';
import { bytesField, numberField } from '../listeners/protobuf.js';
import { linux } from '../sources/linux/index.js';
import { windows } from '../sources/windows/index.js';
import { readMessage } from './message.js';
import { otlpLinesIn } from './otlp-message.js';
import { asItLies } from './records.js';

const place = { topic: 'ingest.acme.otel', partition: 0, offset: '4', timestamp: Date.UTC(2026, 10, 28, 10) };
const AT = Date.UTC(2026, 10, 28, 9, 30);
const SSHD = '<38>1 2026-11-28T09:30:00Z web1 sshd 5 - - Accepted password for ada from 192.0.2.7 port 4022 ssh2';

const text = (value: string): Buffer => bytesField(1, Buffer.from(value));
const attribute = (key: string, value: string): Buffer =>
  Buffer.concat([bytesField(1, Buffer.from(key)), bytesField(2, text(value))]);
const fixed64 = (number: number, value: bigint): Buffer => {
  const bytes = Buffer.alloc(9, (number << 3) | 1);
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
};
/** As the exporter's `otlp_proto`: a resource, its scope, its records. */
const protobuf = (...records: Buffer[]): Buffer =>
  bytesField(
    1,
    Buffer.concat([
      bytesField(1, bytesField(1, attribute('host.name', 'web1'))),
      bytesField(2, Buffer.concat([bytesField(1, text('filelog')), ...records.map((one) => bytesField(2, one))])),
      bytesField(3, Buffer.from('https://opentelemetry.io/schemas/1.9.0')),
    ]),
  );
const record = (body: string): Buffer =>
  Buffer.concat([fixed64(1, BigInt(AT) * 1_000_000n), numberField(2, 9), bytesField(5, text(body))]);
/** As its `otlp_json`. */
const json = (...bodies: string[]): string =>
  JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'host.name', value: { stringValue: 'web1' } }] },
        scopeLogs: [
          { logRecords: bodies.map((stringValue) => ({ timeUnixNano: `${AT}000000`, body: { stringValue } })) },
        ],
      },
    ],
  });

const read = (message: Buffer | string, source = linux) => readMessage(Buffer.from(message), place, source);

describe('a message that somebody wrote himself', () => {
  it.each<[string, Buffer | string]>([
    ['Protocol Buffers', protobuf(record(SSHD), record(SSHD))],
    ['JSON', json(SSHD, SSHD)],
    ['JSON, pretty-printed', JSON.stringify(JSON.parse(json(SSHD, SSHD)), null, 2)],
  ])('is OTLP when the whole of it is: %s', (_name, message) => {
    const { events, rejected } = read(message);
    expect(rejected).toEqual([]);
    expect(events.map(({ index, occurredAt, entity, flags }) => [index, occurredAt, entity, flags])).toEqual([
      [0, AT, 'host:web1', []],
      [1, AT, 'host:web1', []],
    ]);
    expect(events[0]?.observables).toContainEqual({ kind: 'ip-address', value: '192.0.2.7' });
  });

  it('gives what of it is no event under its place, to be read again as it was', () => {
    const message = json('{"Channel":"Security","EventID":4625}', 'no json');
    const { events, rejected, enveloped } = read(message, windows);
    expect(events).toMatchObject([{ index: 0, entity: 'host:web1' }]);
    expect(rejected).toMatchObject([{ index: 1, code: 'NOT_JSON' }]);
    expect(enveloped).toBe(true);
    const again = readMessage(rejected[0]?.bytes as Buffer, place, windows, { firstIndex: 1, enveloped: true });
    expect(again.rejected).toMatchObject([{ index: 1, id: rejected[0]?.id, code: 'NOT_JSON' }]);
  });

  it('is what it is, and says nothing around itself, when a listener took it as an event', () => {
    const [appended] = ingestRecords('acme', 'lin', [Buffer.from(json(SSHD))]);
    const lain = { ...place, ...(appended as OutRecord), key: null };
    const [message] = asItLies(lain);
    expect(message?.wanted.enveloped).toBe(false);
    const { events, enveloped } = readMessage(lain.value, place, linux, message?.wanted);
    expect([enveloped, events.map(({ entity }) => entity)]).toEqual([false, ['host:unknown']]);
  });

  const span = bytesField(2, bytesField(2, bytesField(1, Buffer.alloc(16, 7))));
  it.each<[string, Buffer | string]>([
    ['text behind a line break', `\n${SSHD}`],
    ['JSON behind a line break', '\n{"message":"a"}'],
    ['text and its line', `\n\x05\x12${SSHD}`],
    ['traces', bytesField(1, span)],
    ['no record', protobuf()],
    ['records without anything', protobuf(Buffer.alloc(0))],
    ['a message that is cut', protobuf(record(SSHD)).subarray(0, -3)],
    ['more behind it', Buffer.concat([protobuf(record(SSHD)), Buffer.from('\n')])],
    ['an event with such a member', '{"resourceLogs":[1,2],"message":"a"}'],
    ['such a member further behind', '{"message":"a","resourceLogs":[{"scopeLogs":[]}]}'],
    ['JSON and more', `${json(SSHD)}x`],
  ])('is none: %s', (_name, message) => expect(otlpLinesIn(Buffer.from(message))).toBeUndefined());
});
