import { readMessage } from '../../ingest/message.js';
import { windows } from './index.js';

/** Of a recording: the collector wrote hours of twelve, in the time of its own zone, and called them UTC. */
const event = (utc: string, created: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Hostname: 'ws5',
      UtcTime: utc,
      TimeCreated: created,
    }),
  );
const read = (utc: string, created: string, received: string) => {
  const place = { topic: 'ingest.acme.edr', partition: 0, offset: '0', timestamp: Date.parse(received) };
  const [one] = readMessage(event(utc, created), place, windows).events;
  return [new Date(one?.occurredAt ?? 0).toISOString(), one?.flags];
};

describe('two times of one event', () => {
  it('that disagree are noticed and named, and UtcTime counts', () =>
    expect(read('2022-07-05 21:00:36.466', '2022-07-05T02:00:36.466Z', '2022-07-06T00:00:00Z')).toEqual([
      '2022-07-05T21:00:36.466Z',
      ['times-disagree:UtcTime:TimeCreated:68400'],
    ]));

  it('that disagree are placed by the other when UtcTime lies after the receipt', () =>
    expect(read('2022-07-05 21:00:36.466', '2022-07-05T02:00:36.466Z', '2022-07-05T02:01:00Z')).toEqual([
      '2022-07-05T02:00:36.466Z',
      ['times-disagree:TimeCreated:UtcTime:-68400'],
    ]));

  it('may be some minutes apart', () =>
    expect(read('2022-07-05 21:00:36.388', '2022-07-05T21:05:36.000Z', '2022-07-06T00:00:00Z')[1]).toEqual([]));
});

/** NXLog writes what its host's clock shows, without a zone, of an event and of when it read it. */
const ofNxlog = (said: object, received: string, header = ''): [string, string[]] => {
  const line = `${header}${JSON.stringify({ Hostname: 'ws5', SourceModuleType: 'im_msvistalog', ...said })}`;
  const place = { topic: 'ingest.acme.edr', partition: 0, offset: '0', timestamp: Date.parse(received) };
  const [one] = readMessage(Buffer.from(line), place, windows).events;
  return [new Date(one?.occurredAt ?? 0).toISOString(), one?.flags ?? []];
};
const SECURITY = { Channel: 'Security', EventID: 4624 };

describe("NXLog's local time", () => {
  it.each([
    ['Berlin', '2026-11-28 19:58:03', '2026-11-28 19:58:59', '2026-11-28T18:58:03.000Z'],
    ['Los Angeles', '2026-11-28 10:58:03', '2026-11-28 10:59:04', '2026-11-28T18:58:03.000Z'],
    [
      'Kathmandu, read much later than it happened',
      '2026-11-29 00:10:00',
      '2026-11-29 00:44:10',
      '2026-11-28T18:25:00.000Z',
    ],
    ['UTC', '2026-11-28 18:58:03', '2026-11-28 18:59:04', '2026-11-28T18:58:03.000Z'],
  ])('is in the zone that its reading and its receipt tell: %s', (_, EventTime, EventReceivedTime, at) =>
    expect(ofNxlog({ ...SECURITY, EventTime, EventReceivedTime }, '2026-11-28T18:59:05Z')).toEqual([at, []]),
  );
  it('is assumed where it lay about before it was sent, or where nothing says when it was read', () => {
    const [EventTime, EventReceivedTime] = ['2026-11-28 10:58:03', '2026-11-28 10:59:04'];
    expect(ofNxlog({ ...SECURITY, EventTime, EventReceivedTime }, '2026-11-28T19:22:05Z')).toEqual([
      '2026-11-28T10:58:03.000Z',
      ['time-assumed'],
    ]);
    expect(ofNxlog({ ...SECURITY, EventTime }, '2026-11-28T18:59:05Z')[1]).toEqual(['time-assumed']);
  });
  it('is told by a header that says year and zone before the receipt', () =>
    expect(
      ofNxlog(
        { ...SECURITY, EventTime: '2026-11-28 19:58:03', EventReceivedTime: '2026-11-28 19:58:04' },
        '2026-11-28T19:22:05Z',
        '<14>1 2026-11-28T18:58:04Z ws5 nxlog 5 - - ',
      ),
    ).toEqual(['2026-11-28T18:58:03.000Z', []]));
  it('with its zone is what it says', () =>
    expect(ofNxlog({ ...SECURITY, EventTime: '2026-11-28T19:58:03.1+01:00' }, '2026-11-28T23:00:00Z')).toEqual([
      '2026-11-28T18:58:03.100Z',
      [],
    ]));
  it.each([
    ['of any zone agrees with what Sysmon says in UTC', '2026-11-28 19:58:03', []],
    ['that no zone explains does not', '2026-11-28 19:38:03', ['times-disagree:UtcTime:EventTime:1200']],
  ])('%s', (_, EventTime, flags) => {
    const sysmon = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, UtcTime: '2026-11-28 18:58:03.100' };
    expect(ofNxlog({ ...sysmon, EventTime, EventReceivedTime: EventTime }, '2026-11-28T23:00:00Z')).toEqual([
      '2026-11-28T18:58:03.100Z',
      flags,
    ]);
  });
});

describe('a time as the settings of a machine write it', () => {
  it.each<[said: object, at: string, flags: string[]]>([
    [{ TimeCreated: '11/28/2026 6:58:03 PM' }, '2026-11-28T18:58:03.000Z', ['time-assumed']],
    [{ TimeCreated: '28/11/2026 18:58:03' }, '2026-11-28T18:58:03.000Z', ['time-assumed']],
    [{ TimeCreated: '28.11.2026 19:58:03' }, '2026-11-28T18:58:03.000Z', ['time-assumed']],
    [{ TimeCreated: '11/12/2026 6:58:03 PM' }, '2026-11-12T18:58:03.000Z', ['time-assumed']],
    [{ TimeCreated: '2026-11-28T19:58:03' }, '2026-11-28T18:58:03.000Z', ['time-assumed']],
    [{ TimeCreated: '2026-11-28T19:58:03+01:00' }, '2026-11-28T18:58:03.000Z', []],
    [{ timestamp: '2026-11-28 19:58:03' }, '2026-11-28T18:58:03.000Z', ['time-assumed']],
    [{ timestamp: '2026-11-28T18:58:03Z' }, '2026-11-28T18:58:03.000Z', []],
    [{ TimeCreated: '31/31/2026 18:58:03' }, '2026-11-28T18:59:05.000Z', ['time-missing']],
  ])('%j', (said, at, flags) => {
    const place = { topic: 'ingest.acme.edr', partition: 0, offset: '0', timestamp: Date.UTC(2026, 10, 28, 18, 59, 5) };
    const line = JSON.stringify({ ProviderName: 'Microsoft-Windows-Security-Auditing', Id: 4624, ...said });
    const [one] = readMessage(Buffer.from(line), place, windows).events;
    expect([new Date(one?.occurredAt ?? 0).toISOString(), one?.flags]).toEqual([at, flags]);
  });
});
