import type { SourceKind } from '#contracts';
import { toldTime } from '../../test/told-times.js';

const AT = Date.UTC(2026, 10, 28, 19);
const PACKET =
  '0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv 10.0.0.5       1a2b   Q [0001   D   NOERROR] A      (1)a(7)example(0)';

describe('a date as the settings of its machine write it', () => {
  it.each<[written: string, receivedAt: string, time: string]>([
    ['11/30/2026 9:03:38 AM', '2026-11-30T09:03:40Z', '2026-11-30T09:03:38'],
    ['30/11/2026 9:03:38 AM', '2026-11-30T09:03:40Z', '2026-11-30T09:03:38'],
    ['30/11/2026 09:03:38', '2026-11-30T09:03:40Z', '2026-11-30T09:03:38'],
    ['30.11.2026 09:03:38', '2026-11-30T09:03:40Z', '2026-11-30T09:03:38'],
    ['20261130 09:03:38', '2026-11-30T09:03:40Z', '2026-11-30T09:03:38'],
    ['12/11/2026 9:03:38 PM', '2026-12-11T21:03:40Z', '2026-12-11T21:03:38'],
    ['12/11/2026 9:03:38 PM', '2026-11-12T21:03:40Z', '2026-11-12T21:03:38'],
    ['12/11/2026 09:03:38', '2026-11-12T09:03:40Z', '2026-11-12T09:03:38'],
    ['11/12/2026 09:03:38', '2026-11-14T09:03:40Z', '2026-11-12T09:03:38'],
    ['02/03/2026 09:03:38', '2026-03-01T09:03:40Z', '2026-02-03T09:03:38'],
    ['05.06.2026 09:03:38', '2026-05-06T09:03:40Z', '2026-06-05T09:03:38 time-assumed clock-clamped'],
  ])('%s, received at %s', (written, receivedAt, time) =>
    expect(toldTime('DNS', `${written} ${PACKET}`, Date.parse(receivedAt))).toBe(
      time.includes(' ') ? '2026-05-06T09:08:40 time-assumed clock-clamped' : `${time} time-assumed`,
    ),
  );
  it.each([
    '31/31/2026 09:03:38',
    '13/13/2026 9:03:38 AM',
    '30.13.2026 09:03:38',
    '11/30/2026 13:03:38 AM',
    '02/30/2026 09:03:38',
  ])('is none: %s', (written) => expect(toldTime('DNS', `${written} ${PACKET}`, AT)).toMatch(/ time-missing$/));
});

describe('a time without a zone', () => {
  const NGINX = '2026/11/28 13:59:59 [error] 7#7: *1 no, client: 192.0.2.7';
  it.each<[what: string, line: string, time: string]>([
    [
      'is in the zone that its header tells',
      `<187>1 2026-11-28T18:59:59Z web1 nginx - - - ${NGINX}`,
      '2026-11-28T18:59:59',
    ],
    [
      'is in the zone that its shipper says',
      JSON.stringify({ message: NGINX, event: { timezone: '-05:00' } }),
      '2026-11-28T18:59:59',
    ],
    [
      'is in the zone that stands beside it',
      JSON.stringify({ time: 'Sat Nov 28 13:59:59 2026', tz: 'EST', cip: '10.1.2.3', eurl: 'a.test/x' }),
      '2026-11-28T18:59:59',
    ],
  ])('%s', (_, line, time) =>
    expect(toldTime(line.includes('eurl') ? 'WEB_PROXY' : 'WEB_SERVER', line, AT)).toBe(time),
  );

  it.each<[SourceKind, string]>([
    ['WEB_SERVER', '2026-11-28 18:59:59 10.0.0.1 GET /a x=1 443 - 192.0.2.7 curl - 200 0 0 15'],
    [
      'WEB_SERVER',
      'tls 2.0 2026-11-28T18:59:59 net/lb/c g3d4 192.0.2.7:51341 10.0.0.1:443 5 2 98 246 - arn:aws:x - ECDHE tlsv12 - dc01 - - - 2026-11-28T04:00:00',
    ],
    [
      'DNS',
      '"2026-11-28 18:59:59","ada","ada,Site","10.0.0.5","203.0.113.1","Blocked","1 (A)","NOERROR","a.example.","Malware"',
    ],
    [
      'WINDOWS',
      '{"Event":{"System":{"Channel":"Security","EventID":4624,"TimeCreated":{"SystemTime":"2026-11-28T18:59:59"}}}}',
    ],
    ['WINDOWS', '{"ChunkNumber":1,"Channel":"Security","EventId":4624,"TimeCreated":"2026-11-28 18:59:59.0000000"}'],
    ['WINDOWS', '{"Computer":"ws5","Channel":"Security","EventID":4624,"TimeGenerated":"2026-11-28T18:59:59"}'],
    ['WINDOWS', 'Computer,EventID,TimeGenerated [UTC]\nws5,4624,"11/28/2026, 6:59:59.000 PM"\n'],
    ['M365', '{"CreationTime":"2026-11-28T18:59:59","Operation":"UserLoggedIn","UserId":"ada@example.test"}'],
  ])('of %s is UTC where its vendor says so: %s', (kind, line) =>
    expect(toldTime(kind, line, AT)).toBe('2026-11-28T18:59:59'),
  );
});
