import type { SourceKind, TelemetryEvent } from '#contracts';
import { NOTHING_KNOWN } from '#libs/terms';
import { sourceOf } from '../sources/index.js';
import { readMessage, type ReadPieces } from './message.js';

const RECEIVED = Date.UTC(2026, 10, 28, 19);
const read = (kind: SourceKind, message: string | Buffer): ReadPieces => {
  const source = sourceOf(kind);
  if (!source) throw new Error(kind);
  return readMessage(
    Buffer.from(message),
    { topic: 'ingest.acme.edge', partition: 0, offset: '1', timestamp: RECEIVED },
    source,
  );
};
const told = ({ occurredAt, entity, flags, native }: TelemetryEvent) => ({
  at: new Date(occurredAt).toISOString(),
  entity,
  // Whether the event itself says anything is another matter.
  flags: flags.filter((flag) => flag !== NOTHING_KNOWN),
  native: JSON.parse(String(native)) as unknown,
});
const all = (kind: SourceKind, message: string | Buffer) => read(kind, message).events.map(told);

const MODERN = '<86>1 2026-11-28T05:00:01.5Z web1 app 5 - - ';
const OLD = '<86>Nov 28 05:00:01 web1 app[5]: ';
const AT = '2026-11-28T05:00:01.500Z';
const WHOLE_SECOND = '2026-11-28T05:00:01.000Z';

describe('what a syslog header says', () => {
  it.each<[string, SourceKind, string]>([
    ['JSON', 'LINUX', '{"rule":"Terminal shell in container"}'],
    ["JSON behind CEE's cookie", 'LINUX', '@cee: {"rule":"x"}'],
    ['JSON of a web server', 'WEB_SERVER', '{"status":200}'],
    ['JSON of Windows', 'WINDOWS', '{"Channel":"Security","EventID":4625,"TargetUserName":"ada"}'],
    ['JSON of a firewall that says nothing', 'FIREWALL', '{"note":"up"}'],
    ['JSON that names another host and time', 'LINUX', '{"host":"dc1","@timestamp":"2026-11-27T05:00:00Z"}'],
  ])('reaches the time and the entity of %s', (_, kind, part) => {
    expect(all(kind, MODERN + part)).toMatchObject([
      { at: AT, entity: 'host:web1', native: JSON.parse(part.replace('@cee: ', '')) as object },
    ]);
    expect(all(kind, OLD + part)).toMatchObject([{ entity: 'host:web1' }]);
  });

  it.each<[string, string]>([
    ['braces', 'ada : TTY=pts/0 ; PWD=/tmp ; USER=root ; COMMAND=/bin/sh -c id {}'],
    ['JSON', 'ada : COMMAND=/bin/echo {"host":"dc1","EventID":4625,"@timestamp":"2020-01-01T00:00:00Z"}'],
    ['another header', '<13>1 2020-01-01T00:00:00Z dc1 su 1 - - root'],
    ['another line of a log', 'Jan  1 00:00:00 dc1 su[1]: root'],
    ['nothing', ''],
  ])('is not changed by a text that holds %s', (_, part) => {
    for (const [header, at, flags] of [
      [MODERN, AT, []],
      [OLD, WHOLE_SECOND, ['time-assumed']],
    ] as const) {
      const message = (header + part).trimEnd();
      for (const kind of ['LINUX', 'WEB_SERVER'] as const)
        expect(all(kind, message)).toEqual([{ at, entity: 'host:web1', flags, native: { message } }]);
    }
  });

  it('counts where an event says another time, but for one that leaves out year and zone', () => {
    const event = '{"@timestamp":"2026-11-28T04:00:01.5Z","a":1}';
    expect(all('LINUX', MODERN + event)).toMatchObject([
      { at: AT, flags: ['times-disagree:syslog-header:event:3600'] },
    ]);
    expect(all('LINUX', OLD + event)).toMatchObject([{ at: '2026-11-28T04:00:01.500Z', flags: [] }]);
    const near = '{"@timestamp":"2026-11-28T05:00:01.250Z","a":1}';
    expect(all('LINUX', MODERN + near)).toMatchObject([{ at: '2026-11-28T05:00:01.250Z', flags: [] }]);
    const ahead = MODERN.replace('2026-11-28T05', '2027-01-01T05');
    expect(all('LINUX', ahead + event)).toMatchObject([
      { at: '2026-11-28T04:00:01.500Z', flags: ['times-disagree:event:syslog-header:-2941200'] },
    ]);
  });

  it('is the host by the name that it has, and says where the event has another', () => {
    const named = (host: string) => `${MODERN}{"host":"${host}","a":1}`;
    expect(all('LINUX', named('web1.acme.test'))).toMatchObject([{ entity: 'host:web1', flags: [] }]);
    expect(all('LINUX', named('web2'))).toMatchObject([{ entity: 'host:web1', flags: ['hosts-disagree'] }]);
    const local = MODERN.replace('web1', 'localhost');
    expect(all('LINUX', `${local}{"host":"web2"}`)).toMatchObject([{ entity: 'host:web2', flags: [] }]);
  });

  it('is no host of what happened in a cloud, and the appliance of what a sensor saw', () => {
    const trail = '{"eventTime":"2026-11-28T05:00:01Z","eventName":"x","userIdentity":{"arn":"arn:aws:iam::1:user/a"}}';
    expect(all('AWS_CLOUDTRAIL', MODERN + trail)).toMatchObject([{ entity: 'cloud-principal:arn:aws:iam::1:user/a' }]);
    const { events } = read('FIREWALL', `${MODERN}{"src":"10.1.2.3","dst":"203.0.113.9","action":"deny"}`);
    expect(events).toMatchObject([{ entity: 'ip:10.1.2.3', ocsf: { device: { hostname: 'web1' } } }]);
  });

  it('is kept beside the JSON behind it, and is in the text where there is none', () => {
    const header = '<13>1 2026-11-28T05:00:01.5Z web1 caf\u00e9 5 ID7 [x@1 p="\u00e9{\\"" q="2"] ';
    const [event] = read('LINUX', `${header}{"a":1,"log":{"syslog":{"hostname":"dc1"}}}`).events;
    expect(JSON.parse(String(event?.envelope))).toEqual({
      '@timestamp': AT,
      host: { name: 'web1' },
      log: {
        syslog: {
          priority: 13,
          hostname: 'web1',
          appname: 'caf\u00e9',
          procid: '5',
          msgid: 'ID7',
          structured_data: { 'x@1': { p: '\u00e9{"', q: '2' } },
        },
      },
    });
    for (const none of [`${header}text`, '{"a":1}', 'text'])
      expect(read('LINUX', none).events.map(({ envelope }) => envelope)).toEqual([null]);
  });

  it('is an observable too, and reaches each event of a list', () => {
    const { events } = read('LINUX', `${MODERN}[{"a":1},{"a":2}]`);
    expect(events.map(told)).toMatchObject([
      { at: AT, entity: 'host:web1', native: { a: 1 } },
      { at: AT, entity: 'host:web1', native: { a: 2 } },
    ]);
    expect(events[0]?.observables).toContainEqual({ kind: 'hostname', value: 'web1' });
  });
});

it('a long header before many events is kept as long as its message has room for it', () => {
  const header = `<13>1 2026-11-28T05:00:01.5Z web1 app 5 ID7 [x@1 p="${'x'.repeat(60_000)}"] `;
  const { events } = read('LINUX', `${header}[${'{},'.repeat(1_000)}{}]`);
  const bytes = events.reduce((sum, { envelope }) => sum + (envelope?.length ?? 0), 0);
  const cut = events.filter(({ flags }) => flags.includes('envelope-truncated'));
  expect([events.length, cut.length > 900, bytes < 6_000_000]).toEqual([1_001, true, true]);
});

describe('a header inside of the message that a shipper wraps', () => {
  const wrapped = (more: object = {}): string => JSON.stringify({ ...more, message: `${OLD}text` });
  it('says when, as far as the shipper does not, and where', () => {
    expect(all('LINUX', wrapped())).toMatchObject([{ at: WHOLE_SECOND, entity: 'host:web1', flags: ['time-assumed'] }]);
    expect(all('LINUX', wrapped({ host: { name: 'web9' }, '@timestamp': '2026-11-28T06:00:00Z' }))).toMatchObject([
      { at: '2026-11-28T06:00:00.000Z', entity: 'host:web1', flags: ['hosts-disagree'] },
    ]);
  });
});

describe('a text that is not UTF-8', () => {
  it('is kept with each of its bytes, and flagged', () => {
    const line = Buffer.from(`${OLD}caf\u00e9 \u0080\u00ff closed`, 'latin1');
    const [event] = all('LINUX', Buffer.concat([line, Buffer.from('\nnext \u00e9')]));
    expect(event).toEqual({
      at: WHOLE_SECOND,
      entity: 'host:web1',
      flags: ['encoding-assumed:latin-1', 'time-assumed'],
      native: { message: line.toString('latin1') },
    });
    const { message } = (event as { native: { message: string } }).native;
    expect(Buffer.from(message, 'latin1').equals(line)).toBe(true);
  });

  it('spoils no line beside it, and none of JSON', () => {
    const message = Buffer.concat([
      Buffer.from('caf\u00e9\n'),
      Buffer.from('caf\u00e9\n', 'latin1'),
      Buffer.from('{"a":1}'),
    ]);
    expect(
      all('LINUX', message).map(({ native, flags }) => [native, flags.includes('encoding-assumed:latin-1')]),
    ).toEqual([
      [{ message: 'caf\u00e9' }, false],
      [{ message: 'caf\u00e9' }, true],
      [{ a: 1 }, false],
    ]);
    for (const kind of ['LINUX', 'WINDOWS'] as const) {
      const { events, rejected } = read(kind, Buffer.from('{"Hostname":"caf\u00e9"}', 'latin1'));
      expect([events.length, rejected.map(({ code }) => code)]).toEqual([0, ['WRONG_ENCODING']]);
    }
  });
});

it.each(['', '\0', '\n\0', '\0\0\n'])('a trailer of TCP is no part of a message: %j', (trailer) => {
  expect(all('LINUX', `${OLD}text${trailer}`)).toMatchObject([{ native: { message: `${OLD}text` } }]);
  expect(all('LINUX', `${MODERN}{"a":1}${trailer}`)).toMatchObject([{ native: { a: 1 } }]);
  expect(all('LINUX', `a${trailer}`)).toMatchObject([{ native: { message: 'a' } }]);
});
