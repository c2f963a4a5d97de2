import type { SourceKind } from '#contracts';
import { writeLine, type EnvelopeLine } from '../envelope/line.js';
import { envelopedPieces } from './enveloped.js';
import { sourceOf } from '../sources/index.js';
import { NOTHING_KNOWN } from '#libs/terms';
import { readMessage, type ReadPieces } from './message.js';
import type { IngestPlace } from './topic.js';

const place: IngestPlace = {
  topic: 'ingest.acme.edr',
  partition: 0,
  offset: '1',
  timestamp: Date.UTC(2026, 10, 28, 19),
};
const AT = Date.UTC(2026, 10, 28, 10);

const readLines = (kind: SourceKind, ...lines: Buffer[]): ReadPieces => {
  const source = sourceOf(kind);
  if (!source) throw new Error(`no source of ${kind}`);
  const message = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
  return readMessage(message, place, source, { enveloped: true });
};
const read = (kind: SourceKind, event: unknown, around: Partial<EnvelopeLine> = {}) => {
  const line = writeLine({ by: 'otlp', at: AT, host: 'web1', ...around, event: Buffer.from(JSON.stringify(event)) });
  return readLines(kind, line);
};
const one = (...args: Parameters<typeof read>) => {
  const { events, rejected } = read(...args);
  expect(rejected).toEqual([]);
  expect(events).toHaveLength(1);
  const [event] = events;
  if (!event) throw new Error('no event');
  // Whether the event itself says anything is another matter.
  const flags = event.flags.filter((flag) => flag !== NOTHING_KNOWN);
  const jsonOf = (bytes: Buffer | null | undefined): unknown => JSON.parse(String(bytes ?? null));
  return { ...event, flags, native: jsonOf(event.native), envelope: jsonOf(event.envelope) };
};

const LOGON = { Channel: 'Security', EventID: 4625, TargetUserName: 'ada' };
const SSHD = 'sshd[5]: Accepted password for ada from 192.0.2.7 port 4022 ssh2';

describe('what a protocol says around an event', () => {
  it.each<[string, SourceKind, unknown]>([
    ['an object', 'WINDOWS', LOGON],
    ['JSON text', 'WINDOWS', JSON.stringify(LOGON)],
    ['text', 'LINUX', SSHD],
    ['an object of Linux', 'LINUX', { message: SSHD }],
  ])('reaches %s', (_what, kind, event) =>
    expect(one(kind, event)).toMatchObject({
      occurredAt: AT,
      entity: 'host:web1',
      flags: [],
      ocsf: { device: { hostname: 'web1' } },
    }),
  );

  it('is kept beside the event, and the event cannot replace it', () => {
    const said = '{"fields":{"site":"paris"},"index":"i"}';
    const known = { '@timestamp': new Date(AT).toISOString(), host: { name: 'web1' } };
    const kept = { ...known, hec: { fields: { site: 'paris' }, index: 'i' } };
    const mine = { ...LOGON, envelope: { hec: {} } };
    expect(one('WINDOWS', LOGON, { by: 'hec', said })).toMatchObject({ native: LOGON, envelope: kept });
    expect(one('WINDOWS', mine, { by: 'hec', said })).toMatchObject({ native: mine, envelope: kept });
    expect(one('LINUX', SSHD, { by: 'hec', said })).toMatchObject({ native: { message: SSHD }, envelope: kept });
    expect(one('LINUX', {})).toMatchObject({ native: {}, envelope: known });
  });

  it('is kept beside what a syslog header says before JSON, both as they were said', () => {
    const header = '<13>1 2026-11-28T10:00:00Z fw1 app 5 - - ';
    const said = '{"sourcetype":"json"}';
    expect(one('FIREWALL', `${header}{"src":"10.1.2.3"}`, { by: 'hec', said, host: 'relay' }).envelope).toEqual({
      '@timestamp': '2026-11-28T10:00:00.000Z',
      host: { name: 'fw1' },
      log: { syslog: { priority: 13, hostname: 'fw1', appname: 'app', procid: '5' } },
      hec: { sourcetype: 'json' },
    });
  });

  it('keeps the digits of the event, and of what was said', () => {
    const digits = '{"n":9232379236109516800}';
    const [event] = readLines('WINDOWS', writeLine({ by: 'otlp', event: Buffer.from(digits), said: digits })).events;
    expect([String(event?.native), String(event?.envelope)]).toEqual([digits, `{"otlp":${digits}}`]);
  });

  it('is cut, and flagged, where it stands around so many events that they would be more than their message is long', () => {
    const said = JSON.stringify({ source: 's'.repeat(200_000) });
    const Records = Array.from({ length: 200 }, () => ({ eventName: 'A' }));
    const { events, rejected } = read('AWS_CLOUDTRAIL', { Records }, { said });
    expect(rejected).toEqual([]);
    const cut = events.filter(({ flags }) => flags.includes('envelope-truncated'));
    const bytes = events.reduce((sum, { envelope }) => sum + (envelope?.length ?? 0), 0);
    expect([events.length, cut.length > 150, bytes < 5 * 1024 * 1024]).toEqual([200, true, true]);
    expect(JSON.parse(String(cut[0]?.envelope))).toEqual({
      '@timestamp': new Date(AT).toISOString(),
      host: { name: 'web1' },
    });
  });

  it('is cut where it is longer than all that is kept of one', () =>
    expect(one('LINUX', SSHD, { said: JSON.stringify({ source: 's'.repeat(300_000) }) }).flags).toEqual([
      'envelope-truncated',
    ]));

  it.each<[string, SourceKind, unknown, Partial<EnvelopeLine>, object]>([
    [
      'when it was seen, where nothing else is said',
      'LINUX',
      SSHD,
      { flags: ['time-observed'] },
      { occurredAt: AT, flags: ['time-observed'] },
    ],
    [
      'not when it was seen, where the event says more',
      'WINDOWS',
      { ...LOGON, TimeCreated: '2026-11-28T05:00:00Z' },
      { flags: ['time-observed'] },
      { occurredAt: Date.UTC(2026, 10, 28, 5), flags: [] },
    ],
    [
      'what a vendor says before its shipper',
      'AWS_CLOUDTRAIL',
      { eventTime: '2026-11-28T05:00:00Z', eventName: 'A' },
      {},
      { occurredAt: Date.UTC(2026, 10, 28, 5), flags: [] },
    ],
    [
      'the shipper before a line that anybody writes',
      'LINUX',
      `{"time":"2026-11-28T05:00:00Z","message":"${SSHD}"}`,
      {},
      { occurredAt: AT, flags: ['times-disagree:otlp:event:18000'] },
    ],
    [
      'a time that cannot be as one that is missing',
      'LINUX',
      SSHD,
      { at: undefined, flags: ['time-impossible'] },
      { occurredAt: place.timestamp, flags: ['time-impossible', 'time-missing'] },
    ],
  ])('says when: %s', (_what, kind, event, around, expected) =>
    expect(one(kind, event, around)).toMatchObject(expected),
  );

  it.each<[string, SourceKind, unknown, Partial<EnvelopeLine>, string, string[]]>([
    ['a log that is forwarded from another host', 'WINDOWS', { ...LOGON, Computer: 'dc1' }, {}, 'host:dc1', []],
    [
      'JSON that anybody may have written',
      'LINUX',
      `{"host":"victim","message":"${SSHD}"}`,
      {},
      'host:web1',
      ['hosts-disagree'],
    ],
    [
      'a line that was passed on by another host',
      'LINUX',
      `<38>1 2026-11-28T10:00:00Z web2 sshd 5 - - ${SSHD.slice(9)}`,
      {},
      'host:web2',
      ['hosts-disagree'],
    ],
    [
      'a line where nobody else says',
      'LINUX',
      `<38>1 2026-11-28T10:00:00Z web2 sshd 5 - - ${SSHD.slice(9)}`,
      { host: undefined },
      'host:web2',
      [],
    ],
    [
      'a service in a cloud, which has no host',
      'OKTA',
      { eventType: 'a', published: '2026-11-28T10:00:00Z', actor: { alternateId: 'ada' } },
      {},
      'user:ada',
      [],
    ],
  ])('says where: %s', (_what, kind, event, around, entity, flags) =>
    expect(one(kind, event, around)).toMatchObject({ entity, flags }),
  );

  it('is not believed unseen of whoever writes such a line himself', () => {
    const { events, rejected } = readLines(
      'LINUX',
      Buffer.from(`{"by":"hec","host":"${'h'.repeat(300)}","said":5,"event":"a"}`),
      Buffer.from('{"by":"hec","host":"web 1","said":{"a":1},"event":"a","said":{"b":'),
      Buffer.from(`{"by":"hec","problem":{"code":"${'X'.repeat(41)}","sentence":"${'y'.repeat(600)}"},"event":"a"}`),
      Buffer.from('{"by":"hec","problem":{"code":"no_code"},"event":"a"}'),
    );
    expect(events.map(({ entity, envelope }) => [entity, String(envelope)])).toEqual([
      ['host:unknown', 'null'],
      ['host:unknown', '{"hec":{"a":1}}'],
    ]);
    expect(rejected.map(({ code, sentence }) => [code, sentence])).toEqual([
      ['BAD_EVENT', 'y'.repeat(500)],
      ['BAD_EVENT', 'No event.'],
    ]);
  });

  it('takes a text of several lines for one event, and a wrapped batch for many', () => {
    expect(one('LINUX', 'first\n  at second').native).toEqual({ message: 'first\nat second' });
    const batch = { Records: [{ eventName: 'A' }, { eventName: 'B' }] };
    for (const event of [batch, JSON.stringify(batch)])
      expect(read('AWS_CLOUDTRAIL', event).events.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('sets aside, with its reason, what a listener found bad, and what cannot be read, by a line that is read again', () => {
    const problem = { code: 'NO_EVENT', sentence: 'Nothing.' };
    const { events, rejected } = readLines(
      'WINDOWS',
      writeLine({ by: 'hec', event: Buffer.from('"{\\"no\\":1}"'), problem }),
      writeLine({ by: 'hec', event: Buffer.from('"text"'), said: '{"a":1}' }),
      writeLine({ by: 'hec', event: Buffer.from('[1]') }),
      Buffer.from('no envelope'),
      Buffer.from('{"by":"me","event":{}}'),
      writeLine({ by: 'hec', event: Buffer.from('{}') }),
    );
    expect(events.map(({ index }) => index)).toEqual([5]);
    expect(rejected.map(({ index, code, bytes }) => [index, code, String(bytes)])).toEqual([
      [0, 'NO_EVENT', '{"by":"hec","problem":{"code":"NO_EVENT","sentence":"Nothing."},"event":"{\\"no\\":1}"}'],
      [1, 'NOT_JSON', '{"by":"hec","said":{"a":1},"event":"text"}'],
      [2, 'NOT_AN_OBJECT', '{"by":"hec","event":[1]}'],
      [3, 'BAD_ENVELOPE', 'no envelope'],
      [4, 'BAD_ENVELOPE', '{"by":"me","event":{}}'],
    ]);
  });
});

it('takes apart also an envelope around hundreds of thousands', () =>
  expect(envelopedPieces(Buffer.from(`{"by":"hec","event":[${'1,'.repeat(200_000)}1]}`), {}).length).toBe(200_001));
