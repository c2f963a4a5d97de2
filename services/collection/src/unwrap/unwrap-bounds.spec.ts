import { gzipSync } from 'node:zlib';
import type { SourceKind } from '#contracts';
import { cpuClock } from '#libs/testing';
import { writeLine } from '../envelope/line.js';
import { BOB, eventBus, firehose, jsonOf, logs, notification, read, trail } from '../../test/wrapped.js';
import { ofLoggers } from './loggers.js';
import type { Wrapper } from './wrapper.js';

const list = (length: number, one: object): object[] => Array.from({ length }, () => one);

describe('what services put around events', () => {
  it.each<[string, SourceKind, unknown, string]>([
    ['a trial of CloudWatch', 'AWS_CLOUDTRAIL', { ...logs('x'), messageType: 'CONTROL_MESSAGE' }, 'NOT_TELEMETRY'],
    [
      'a subscription to confirm',
      'AWS_CLOUDTRAIL',
      { ...notification('x'), Type: 'SubscriptionConfirmation' },
      'NOT_TELEMETRY',
    ],
    [
      'a file that was written',
      'AWS_CLOUDTRAIL',
      { Records: [{ eventSource: 'aws:s3', s3: { bucket: {}, object: {} } }] },
      'NOT_TELEMETRY',
    ],
    [
      'the same by SNS',
      'AWS_CLOUDTRAIL',
      notification({ Records: [{ s3: { bucket: {}, object: {} } }] }),
      'NOT_TELEMETRY',
    ],
    [
      'the same by EventBridge',
      'AWS_CLOUDTRAIL',
      { ...eventBus({ bucket: {}, object: {} }), source: 'aws.s3' },
      'NOT_TELEMETRY',
    ],
    ['a file of a trail', 'AWS_CLOUDTRAIL', notification({ s3Bucket: 'b', s3ObjectKey: ['k'] }), 'NOT_TELEMETRY'],
    ['a trial of S3', 'AWS_CLOUDTRAIL', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }, 'NOT_TELEMETRY'],
    [
      'a change that is only named',
      'M365',
      { value: [{ subscriptionId: 's', changeType: 'updated', resource: 'r', resourceData: { id: '1' } }] },
      'NOT_TELEMETRY',
    ],
    [
      'a change that is encrypted',
      'M365',
      { value: [{ subscriptionId: 's', changeType: 'updated', resource: 'r', encryptedContent: {} }] },
      'ENCRYPTED',
    ],
    ['a record that is no base64', 'AWS_CLOUDTRAIL', { requestId: 'r', records: [{ data: '{}' }] }, 'BAD_BASE64'],
    [
      'a record that is packed and broken',
      'AWS_CLOUDTRAIL',
      firehose(gzipSync('x'.repeat(99)).subarray(0, 20)),
      'COMPRESSED',
    ],
    ['a record of nothing', 'AWS_CLOUDTRAIL', firehose(''), 'EMPTY'],
    ['a record that is no JSON', 'AWS_CLOUDTRAIL', firehose('text'), 'NOT_JSON'],
    ['a message that is no JSON', 'AWS_CLOUDTRAIL', logs('text'), 'NOT_JSON'],
  ])('holds no event, and says why: %s', (_what, kind, message, code) => {
    const { events, rejected } = read(kind, message);
    expect([events.length, rejected.map((one) => one.code)]).toEqual([0, [code]]);
  });

  it('loses a part that cannot be read alone, with all that stands around it', () => {
    const good = JSON.stringify(trail('A'));
    const { events, rejected } = read(
      'AWS_CLOUDTRAIL',
      firehose(gzipSync(JSON.stringify(logs(good, 'broken {', good)))),
    );
    expect(events.map(({ entity }) => entity)).toEqual([BOB, BOB]);
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([[1, 'NOT_JSON']]);
    const again = read('AWS_CLOUDTRAIL', rejected[0]?.bytes);
    expect(again.rejected.map(({ code, bytes }) => [code, String(bytes)])).toEqual([
      ['NOT_JSON', String(rejected[0]?.bytes)],
    ]);
  });

  it('is bounded in what comes out of it', () => {
    const bomb = gzipSync(Buffer.alloc(7 * 1024 * 1024, ' '));
    const spentMs = cpuClock();
    const { events, rejected } = read('AWS_CLOUDTRAIL', firehose(...Array.from({ length: 100 }, () => bomb)));
    expect([events.length, rejected.map(({ code }) => code)]).toEqual([0, ['TOO_LARGE']]);
    expect(read('AWS_CLOUDTRAIL', firehose(gzipSync(Buffer.alloc(64 * 1024 * 1024)))).rejected[0]?.code).toBe(
      'COMPRESSED',
    );
    const many = Buffer.from(`[${'{},'.repeat(120_000)}{}]`);
    expect(read('AWS_CLOUDTRAIL', firehose(gzipSync(many))).rejected[0]?.code).toBe('TOO_LARGE');
    expect(spentMs()).toBeLessThan(5_000);
  });

  it.each<[string, SourceKind, (members: object, parts: number) => object]>([
    ['CloudWatch', 'AWS_CLOUDTRAIL', (said, parts) => ({ messageType: 'D', ...said, logEvents: list(parts, {}) })],
    ['Okta', 'OKTA', (said, parts) => ({ ...said, data: { events: list(parts, {}) } })],
    ['Cribl', 'WINDOWS', (said, parts) => ({ ...said, message: JSON.stringify(list(parts, { log: '{}' })) })],
    ['Cribl, of text', 'LINUX', (said, parts) => ({ ...said, message: JSON.stringify(list(parts, { log: 'x' })) })],
    [
      'Cribl, of XML',
      'WINDOWS',
      (said, parts) => ({ ...said, message: JSON.stringify(list(parts, { log: '<Event></Event>' })) }),
    ],
  ])('puts together what is said around each no further than is kept: %s', (_by, kind, message) => {
    const many = Object.fromEntries(Array.from({ length: 4_000 }, (_one, at) => [`__${at}`, 1]));
    const [assign, stringify] = [jest.spyOn(Object, 'assign'), jest.spyOn(JSON, 'stringify')];
    const bytes = Buffer.from(JSON.stringify(message(many, 400)));
    stringify.mockClear();
    const { events } = read(kind, bytes);
    const together = assign.mock.calls.map(
      ([, ...objects]) => objects.flatMap((one: object) => Object.keys(one)).length,
    );
    const written = stringify.mock.calls.filter(([one]) => Object.hasOwn(Object(one) as object, '__3999')).length;
    jest.restoreAllMocks();
    const kept = events.filter(({ flags }) => !flags.includes('envelope-truncated'));
    expect([events.length, kept.length > 10]).toEqual([400, true]);
    expect(together.reduce((sum, names) => sum + names, 0)).toBeLessThan(200_000 + bytes.length / 4);
    expect(written).toBeLessThanOrEqual(1 + kept.length);
  });

  it('puts together what is said of the parts of a text beside each no further', () => {
    const fields = Object.fromEntries(Array.from({ length: 4_000 }, (_one, at) => [`f${at}`, 1]));
    const event = Buffer.from(JSON.stringify(JSON.stringify(list(400, { log: 'x' }))));
    const line = writeLine({ by: 'hec', said: JSON.stringify({ fields }), event });
    const { events } = read('LINUX', line, true);
    const kept = events.filter(({ flags }) => !flags.includes('envelope-truncated'));
    expect(events.length).toBe(400);
    expect(kept.length * 4_000).toBeLessThan(200_000 + line.length / 4);
  });

  it('leaves what cannot be opened as it is, and opens the others', () => {
    const [hec] = ofLoggers;
    const open = jest.spyOn(hec as Wrapper, 'open').mockImplementationOnce(() => {
      throw new TypeError('Cannot convert object to primitive value');
    });
    const lines = [1, 2].map((id) => JSON.stringify({ sourcetype: 'a', event: { id } }));
    const { events, rejected } = read('AWS_CLOUDTRAIL', Buffer.from(lines.join('\n')));
    open.mockRestore();
    expect(events.map(({ native }) => jsonOf(native))).toEqual([{ sourcetype: 'a', event: { id: 1 } }, { id: 2 }]);
    expect(rejected).toEqual([]);
  });

  it('reads names that objects have of themselves as any other', () => {
    const odd = '{"toString":1,"valueOf":1,"__proto__":{"toString":1},"constructor":{"prototype":1}}';
    const members = ['time', 'host', 'timestamp', '_time', 'eventTime', 'Timestamp', '@timestamp', 'kubernetes', 'log'];
    const shapes = [
      '"sourcetype":"a","event":{}',
      '"ddsource":"a","message":"x"',
      '"result":{"_raw":"{}","_time":ODD,"host":ODD}',
      '"data":{"events":[{}],"x":ODD}',
      '"specversion":"1","type":"a","source":"b","data":{}',
      '"message":{"data":"e30=","publishTime":ODD},"subscription":"s"',
      '"message":"{}"',
      '"message":"[{},{}]","event":ODD,"agent":ODD,"beat":ODD,"host":ODD',
      '"__proto__":ODD,"line":"x"',
    ];
    for (const kind of ['AWS_CLOUDTRAIL', 'LINUX', 'WINDOWS', 'OKTA'] as const)
      for (const shape of shapes)
        for (const member of members) {
          const message = `{${shape},"${member}":ODD}\n${JSON.stringify(trail('A'))}`.replaceAll('ODD', odd);
          const { events, rejected } = read(kind, Buffer.from(message));
          const faults = rejected.filter(({ code }) => code === 'NOT_NORMALISED');
          expect([faults, String(events.at(-1)?.native)]).toEqual([[], JSON.stringify(trail('A'))]);
        }
  });

  it('is bounded in how often the same is said, and how deep wrappers stand in each other', () => {
    const said = { ...logs(...Array.from({ length: 300 }, () => '{}')), owner: 'o'.repeat(400_000) };
    const spentMs = cpuClock();
    const { events } = read('AWS_CLOUDTRAIL', said);
    expect(events.filter(({ flags }) => flags.includes('envelope-truncated')).length).toBeGreaterThan(250);
    const nested = Array.from({ length: 12 }).reduce<object>((inside) => notification(inside), trail('A'));
    expect(read('AWS_CLOUDTRAIL', nested).events.map(({ entity }) => entity)).toEqual(['cloud-principal:unknown']);
    const deep = Buffer.from(`{"detail-type":"t","source":"s","detail":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_001)}`);
    expect(read('AWS_CLOUDTRAIL', deep).rejected.map(({ code }) => code)).toEqual(['TOO_DEEP']);
    expect(spentMs()).toBeLessThan(3_000);
  });

  it.each<[string, object]>([
    ['records beside something', { records: [{ a: 1 }], eventName: 'A' }],
    ['a request id', { requestId: 'r', eventName: 'A' }],
    ['a detail', { detail: { a: 1 }, eventName: 'A' }],
    ['events of nobody', { logEvents: 'none', messageType: 'x' }],
    ['a hook without events', { data: { events: 'none' }, specversion: 7 }],
  ])('is told from an event with %s', (_what, event) => {
    expect(read('AWS_CLOUDTRAIL', event).events.map(({ native }) => jsonOf(native))).toEqual([event]);
  });
});
