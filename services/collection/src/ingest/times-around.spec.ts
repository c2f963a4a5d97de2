import type { SourceKind } from '#contracts';
import { access, toldTime } from '../../test/told-times.js';
import { writeLine } from '../envelope/line.js';

const AT = Date.UTC(2026, 10, 28, 19);
const SECONDS = 86_400;
const NOW = '2026-11-28T18:59:00';

describe("a time of an event's own that is days from what a protocol says", () => {
  const inside = (event: object | string, flags: string[] = []): Buffer =>
    writeLine({ by: 'hec', at: Date.parse(`${NOW}Z`), flags, event: Buffer.from(JSON.stringify(event)) });
  const FORTI =
    'date=2016-11-28 time=18:59:00 tz="+0000" devname=fw1 logid="0000000013" type=traffic srcip=10.1.1.6 dstip=203.0.113.20';
  it.each<[SourceKind, object | string, string]>([
    ['WEB_SERVER', access('28/Nov/2016:18:59:00 +0000'), `${NOW} times-disagree:hec:event:${3_652 * SECONDS}`],
    ['FIREWALL', FORTI, `2016-11-28T18:59:00 times-disagree:event:hec:${-3_652 * SECONDS}`],
    [
      'OKTA',
      { published: '2016-11-28T18:59:00Z', eventType: 'user.session.start' },
      `2016-11-28T18:59:00 times-disagree:event:hec:${-3_652 * SECONDS}`,
    ],
    ['OKTA', { published: '2026-11-28T08:59:00Z', eventType: 'user.session.start' }, '2026-11-28T08:59:00'],
  ])('of %s is told: %j', (kind, event, told) =>
    expect(toldTime(kind, inside(event), AT, { enveloped: true })).toBe(told),
  );

  it.each<[SourceKind, object | string, string]>([
    [
      'WEB_SERVER',
      access('28/Nov/2016:18:59:00 +0000'),
      `2016-11-28T18:59:00 times-disagree:event:hec:${-3_652 * SECONDS}`,
    ],
    ['FIREWALL', FORTI, '2016-11-28T18:59:00'],
  ])('of %s that was only seen then: %j', (kind, event, told) =>
    expect(toldTime(kind, inside(event, ['time-observed']), AT, { enveloped: true })).toBe(told),
  );
});
