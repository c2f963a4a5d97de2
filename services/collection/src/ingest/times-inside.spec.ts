import type { SourceKind } from '#contracts';
import { access, toldTime } from '../../test/told-times.js';

const AT = Date.UTC(2026, 10, 28, 19);
const SECONDS = 86_400;
const NOW = '2026-11-28T18:59:00';
const HEADER = '<190>Nov 28 18:59:00 web1 nginx: ';
const ahead = (days: number): string => `times-disagree:syslog-header:event:${days * SECONDS}`;

describe('a time in a line that is days from the one in its header', () => {
  it.each<[what: string, line: string, told: string]>([
    ['agrees', HEADER + access('28/Nov/2026:18:58:59 +0000'), '2026-11-28T18:58:59'],
    ['a zone apart', HEADER + access('28/Nov/2026:08:59:00 +0000'), '2026-11-28T08:59:00'],
    ['a day late', HEADER + access('27/Nov/2026:18:59:00 +0000'), '2026-11-27T18:59:00'],
    ['two days back', HEADER + access('26/Nov/2026:18:59:00 +0000'), `${NOW} ${ahead(2)} time-assumed`],
    ['years back', HEADER + access('26/Nov/2016:18:59:00 +0000'), `${NOW} ${ahead(3_654)} time-assumed`],
    ['years back to the day', HEADER + access('28/Nov/2016:18:59:00 +0000'), `${NOW} ${ahead(3_652)} time-assumed`],
    ['years ahead', HEADER + access('28/Nov/2036:18:59:00 +0000'), `${NOW} ${ahead(-3_653)} time-assumed`],
    [
      'years back without a zone',
      `${HEADER}2016/11/28 18:59:00 [error] 7#7: *1 no`,
      `${NOW} ${ahead(3_652)} time-assumed`,
    ],
    [
      'behind an exact header',
      `<190>1 ${NOW}Z web1 nginx - - - ${access('28/Nov/2016:18:59:00 +0000')}`,
      `${NOW} ${ahead(3_652)}`,
    ],
    [
      'behind a header of a clock that is fast',
      `<190>1 2026-11-28T19:59:00Z web1 nginx - - - ${access('28/Nov/2016:19:59:00 +0000')}`,
      `2026-11-28T19:05:00 ${ahead(3_652)} clock-clamped`,
    ],
    [
      'behind a header of years ahead, and right',
      `<190>1 2036-11-28T18:59:00Z web1 nginx - - - ${access('28/Nov/2026:18:59:00 +0000')}`,
      `${NOW} times-disagree:event:syslog-header:${-3_653 * SECONDS}`,
    ],
    [
      'read late, header and all',
      `<190>Mar  3 18:59:00 web1 nginx: ${access('03/Mar/2026:18:58:59 +0000')}`,
      '2026-03-03T18:58:59',
    ],
    [
      'read years late, header and all',
      `<190>Mar  3 18:59:00 web1 nginx: ${access('03/Mar/2016:18:59:00 +0000')}`,
      `2016-03-03T18:59:00 times-disagree:event:syslog-header:${-3_652 * SECONDS}`,
    ],
    [
      'read late, and days apart',
      `<190>Mar  3 18:59:00 web1 nginx: ${access('13/Mar/2016:18:59:00 +0000')}`,
      `2026-03-03T18:59:00 ${ahead(3_642)} time-assumed`,
    ],
    [
      'right, behind the header of a clock that was not set',
      `<190>Jan  1 00:01:00 web1 nginx: ${access('28/Nov/2026:18:59:00 +0000')}`,
      `${NOW} times-disagree:event:syslog-header:${28_666_680}`,
    ],
    ['without a header', access('28/Nov/2016:18:59:00 +0000'), '2016-11-28T18:59:00'],
  ])('%s', (_, line, told) => expect(toldTime('WEB_SERVER', line, AT)).toBe(told));

  it.each<[SourceKind, string]>([
    [
      'FIREWALL',
      '<134>Nov 28 18:59:00 fw date=2016-11-28 time=18:59:00 tz="+0000" devname=fw1 logid="0000000013" type=traffic srcip=10.1.1.6 dstip=203.0.113.20',
    ],
    [
      'DNS',
      '<134>Nov 28 18:59:00 ns1 named[7]: 28-Nov-2016 18:59:00.000 client 10.0.0.5#5353 (a.example): query: a.example IN A + (10.0.0.53)',
    ],
    ['WEB_PROXY', '<134>Nov 28 18:59:00 px CEF:0|V|P|1|D|E|9|rt=1480359540000 request=http://a.test/ src=10.1.1.8'],
    ['LINUX', '<134>Nov 28 18:59:00 web1 audispd: type=USER_CMD msg=audit(1480359540.000:7): pid=1 uid=0'],
    ['LINUX', '<134>Nov 28 18:59:00 web1 app: {"@timestamp":"2016-11-28T18:59:00Z","a":1}'],
  ])('does not take a line of %s out of what is looked at: %s', (kind, line) =>
    expect(toldTime(kind, line, AT)).toBe(`${NOW} ${ahead(3_652)} time-assumed`),
  );

  it.each<[what: string, document: object, told: string]>([
    [
      'now',
      { '@timestamp': `${NOW}Z`, message: HEADER + access('28/Nov/2016:18:59:00 +0000') },
      `${NOW} ${ahead(3_652)} time-assumed`,
    ],
    [
      'years ago, read then',
      { '@timestamp': '2016-11-28T18:59:05Z', message: HEADER + access('28/Nov/2016:18:59:00 +0000') },
      '2016-11-28T18:59:00',
    ],
    [
      'years ago, in parts',
      {
        '@timestamp': `${NOW}Z`,
        facility: 'user',
        appname: 'nginx',
        hostname: 'web1',
        timestamp: `${NOW}Z`,
        message: access('28/Nov/2016:18:59:00 +0000'),
      },
      `${NOW} ${ahead(3_652)}`,
    ],
  ])("is told in a shipper's JSON of %s", (_, document, told) =>
    expect(toldTime('WEB_SERVER', JSON.stringify(document), AT)).toBe(told),
  );
});
