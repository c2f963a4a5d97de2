import { catalogue, type TelemetrySubmittedDraft } from '#contracts';
import { encode } from '#libs/events';
import { DAY_MS } from '#libs/terms';
import { readSubmitted, SUBMITTED } from './read.js';

const NOW = Date.UTC(2026, 10, 3);
const place = { topic: 'ingest.acme.own', partition: 1, offset: '7', timestamp: NOW };

const submitted = (said: Partial<TelemetrySubmittedDraft> = {}): Buffer =>
  encode({
    type: SUBMITTED,
    occurredAt: NOW - 1_000,
    entity: { kind: 'host', value: 'WS1' },
    ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 3, message: 'Process started' },
    observables: [{ kind: 'hostname', value: 'WS1' }],
    native: Buffer.from('{"a":1}'),
    ...said,
  } as Parameters<typeof encode>[0]);

const ocsf = { categoryUid: 0, classUid: 1007, activityId: 1, severityId: 3, message: 'm' };
const read = (said: Partial<TelemetrySubmittedDraft> = {}) => {
  const { events, rejected } = readSubmitted(submitted(said), place);
  return events[0] ?? rejected[0];
};

describe('what a partner has normalised', () => {
  it('is the event it says, with the ids and times that ours have', () =>
    expect(readSubmitted(submitted(), place)).toMatchObject({
      kind: 'CONTRACT',
      rejected: [],
      events: [
        {
          occurredAt: NOW - 1_000,
          ingestedAt: NOW,
          entity: 'host:ws1',
          observables: [{ kind: 'hostname', value: 'WS1' }],
          ocsf: { categoryUid: 1, classUid: 1007, severityId: 3, message: 'Process started' },
          flags: [],
          partition: 1,
          offset: 7,
          index: 0,
          native: Buffer.from('{"a":1}'),
          envelope: null,
        },
      ],
    }));

  it('is read by the rules of the kind whose native bytes it holds', () =>
    expect(readSubmitted(submitted({ nativeKind: 'WINDOWS' }), place).kind).toBe('WINDOWS'));

  it('keeps what stood around it under one name, so that it is none of those our own doors say', () =>
    expect(read({ envelope: Buffer.from('{"hec":{"host":"x"}}') })).toMatchObject({
      envelope: Buffer.from('{"submitted":{"hec":{"host":"x"}}}'),
    }));

  it.each<[string, Partial<TelemetrySubmittedDraft>, object]>([
    ['no time', { occurredAt: null }, { occurredAt: NOW, flags: ['time-missing'] }],
    ['1970', { occurredAt: 5 }, { occurredAt: NOW, flags: ['time-impossible', 'time-missing'] }],
    ['the year 9999', { occurredAt: Date.UTC(9999, 1) }, { flags: ['time-impossible', 'time-missing'] }],
    ['tomorrow', { occurredAt: NOW + DAY_MS }, { occurredAt: NOW + 300_000, flags: ['clock-clamped'] }],
    [
      'a host that names nobody',
      { entity: { kind: 'host', value: 'localhost' } },
      { entity: 'host:unknown', flags: ['entity-impossible'] },
    ],
    [
      'an address that is none',
      { entity: { kind: 'ip', value: '10.0.0.300' } },
      { entity: 'ip:unknown', flags: ['entity-impossible'] },
    ],
    ['an address', { entity: { kind: 'ip', value: '2001:DB8:0::1' } }, { entity: 'ip:2001:db8::1', flags: [] }],
    [
      'a class that OCSF does not have',
      { ocsf: { ...ocsf, classUid: 9999 } },
      { ocsf: { classUid: 0 }, flags: ['class-unknown:9999'] },
    ],
    [
      'a category that is not that of its class',
      { ocsf: { ...ocsf, categoryUid: 6 } },
      { ocsf: { categoryUid: 1 }, flags: [] },
    ],
    [
      'numbers that cannot be',
      { ocsf: { ...ocsf, severityId: 42, src: { ip: 'nonsense', port: 70_000, hostname: 'h' } } },
      { ocsf: { severityId: 0, src: { hostname: 'h' } }, flags: ['facts-left-out'] },
    ],
    [
      'texts that are too long',
      { ocsf: { ...ocsf, actor: { commandLine: 'x'.repeat(9_000) } } },
      { ocsf: { actor: { commandLine: 'x'.repeat(8_192) } }, flags: ['facts-cut'] },
    ],
    [
      'observables of no kind, or with values that cannot be',
      {
        observables: [
          { kind: 'ip', value: '10.0.0.1' },
          { kind: 'file-hash', value: 'zz' },
          { kind: 'ip-address', value: '10.0.0.1' },
        ],
      },
      { observables: [{ kind: 'ip-address', value: '10.0.0.1' }], flags: ['facts-left-out'] },
    ],
    [
      'more observables than an event has',
      { observables: Array.from({ length: 40 }, (_, at) => ({ kind: 'domain', value: `d${at}.test` })) },
      { observables: { length: 32 }, flags: ['facts-left-out'] },
    ],
    [
      'nothing at all',
      { occurredAt: null, entity: { kind: 'user', value: ' ' }, ocsf: { ...ocsf, classUid: 0 }, observables: [] },
      { entity: 'user:unknown', flags: ['nothing-known', 'entity-impossible', 'time-missing'] },
    ],
  ])('stays, and what cannot be is flagged: %s', (_, said, expected) => expect(read(said)).toMatchObject(expected));

  it.each<[string, Partial<TelemetrySubmittedDraft>, string]>([
    ['an entity of no kind', { entity: { kind: 'hostname', value: 'a' } }, 'BAD_ENTITY'],
    ['text as native', { native: Buffer.from('text') }, 'NOT_JSON'],
    ['a list as native', { native: Buffer.from('[]') }, 'NOT_AN_OBJECT'],
    ['native that nests too deep', { native: Buffer.from(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`) }, 'TOO_DEEP'],
    ['native that is not UTF-8', { native: Buffer.from('{"a":"\xe9"}', 'latin1') }, 'WRONG_ENCODING'],
    ['native of more than 1 MiB', { native: Buffer.from(`{"a":"${'x'.repeat(1_100_000)}"}`) }, 'TOO_LARGE'],
    ['an envelope that is no object', { envelope: Buffer.from('1') }, 'BAD_ENVELOPE'],
  ])('is a dead letter with its bytes: %s', (_, said, code) => {
    const bytes = submitted(said);
    expect(readSubmitted(bytes, place)).toMatchObject({ events: [], rejected: [{ code, bytes }] });
  });
});

const id = (type: string): Buffer => {
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(catalogue.find((one) => one.type === type)?.id ?? 1, 1);
  return frame;
};

it.each<[string, Buffer, string, RegExp]>([
  ['JSON', Buffer.from('\ufeff{"a":1}'), 'NOT_FRAMED', /over Kafka.*This is JSON\.$/],
  ['text', Buffer.from('a line'), 'NOT_FRAMED', /This is something else\.$/],
  ['nothing', Buffer.alloc(0), 'NOT_FRAMED', /This is empty\.$/],
  ['a frame without a schema', Buffer.alloc(3), 'NOT_FRAMED', /./],
  ['an id of nobody', id('none'), 'UNKNOWN_SCHEMA', /no published schema with the id 1\.$/],
  ['another contract', id('case.opened'), 'WRONG_CONTRACT', /is that of case\.opened\.$/],
  ['bytes that are cut', submitted().subarray(0, 20), 'BAD_AVRO', /cannot be read/],
  ['bytes behind the event', Buffer.concat([submitted(), Buffer.from('x')]), 'BAD_AVRO', /cannot be read/],
])('what is not of the contract is a dead letter that says what is: %s', (_, bytes, code, sentence) => {
  const { rejected } = readSubmitted(bytes, place, { firstIndex: 3 });
  expect(rejected).toEqual([
    { index: 3, id: expect.any(String), bytes, code, sentence: expect.stringMatching(sentence) },
  ]);
});

it('every byte changed or cut is an event or a dead letter', () => {
  const bytes = submitted({ envelope: Buffer.from('{"a":1}'), nativeKind: 'LINUX' });
  for (let at = 0; at < bytes.length; at += 1) {
    for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
      const changed = Buffer.from(bytes);
      changed[at] = value;
      for (const message of [changed, changed.subarray(0, at)]) {
        const { events, rejected } = readSubmitted(message, place);
        expect(events.length + rejected.length).toBe(1);
        expect(rejected.map(({ code }) => code)).not.toContain('NOT_NORMALISED');
      }
    }
  }
});
