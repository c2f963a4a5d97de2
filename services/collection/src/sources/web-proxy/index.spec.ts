import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockAt, momentOf } from '#libs/sigma';
import type { NativeObject, NormalisedEvent } from '../source.js';
import { webProxy } from './index.js';

const events = webProxy
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => webProxy.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('web proxies', () => {
  it('reads a request that was refused', () => {
    expect(events[0]).toMatchObject({
      writtenTime: clockAt(Date.UTC(2026, 10, 2, 9, 20)),
      entity: 'ip:10.1.2.3',
      ocsf: {
        classUid: 4002,
        activityId: 3,
        severityId: 2,
        message: 'Blocked: GET http://evil.example.test/a/stage2.exe?x=1: 403',
        dst: { ip: '203.0.113.9', hostname: 'evil.example.test' },
        actor: { userName: 'ada@example.test' },
      },
    });
    expect(events[0]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'domain', value: 'evil.example.test' },
        { kind: 'url', value: 'http://evil.example.test/a/stage2.exe?x=1' },
        { kind: 'user-name', value: 'ada@example.test' },
      ]),
    );
  });
  it('reads ECS', () => {
    expect(events[1]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20, 0, 250),
      ocsf: {
        activityId: 6,
        severityId: 1,
        src: { ip: '10.1.2.3', port: 51_000 },
        dst: { ip: '203.0.113.9', port: 80, hostname: 'evil.example.test' },
      },
    });
  });
  it('reads a tunnel', () => {
    expect(events[2]).toMatchObject({ entity: 'ip:10.1.2.3', occurredAt: 1_793_611_200_250, ocsf: { activityId: 1 } });
    expect(events[2]?.observables).toContainEqual({ kind: 'domain', value: 'evil.example.test' });
  });
  it('is about the user where no address is told', () =>
    expect(events[3]).toMatchObject({ entity: 'user:ada@example.test' }));
});

const AT = Date.UTC(2026, 10, 28, 19);
const TIME = '[28/Nov/2026:19:00:00 +0000]';
const read = (event: NativeObject): NormalisedEvent => webProxy.normalise(event, Buffer.from(JSON.stringify(event)));

describe("a proxy's own log", () => {
  it.each<[string, NativeObject, string]>([
    [
      "Squid's own format",
      { message: '1795892400.000  230 10.1.2.3 TCP_DENIED/403 9 GET http://a.test/x ada HIER_DIRECT/203.0.113.9 -' },
      'denied: GET http://a.test/x: 403',
    ],
    [
      'Squid that looks into TLS',
      { message: '1795892400.000  230 10.1.2.3 NONE_NONE/200 0 CONNECT a.test:443 ada HIER_NONE/203.0.113.9 - bump' },
      'none_none: CONNECT http://a.test:443: 200',
    ],
    [
      'Squid, combined',
      { message: `10.1.2.3 - ada ${TIME} "GET http://a.test/x HTTP/1.1" 403 9 "-" "curl" TCP_DENIED:HIER_NONE` },
      'denied: GET http://a.test/x: 403',
    ],
    [
      "McAfee's gateway",
      {
        message: `${TIME} "ada" 10.1.2.3 403 "GET http://a.test/x HTTP/1.1" "Malicious Sites" "High Risk" "text/html" 9 "Mozilla/5.0 (X)" "" "10" ""`,
      },
      'blocked: GET http://a.test/x: 403',
    ],
    [
      "McAfee's gateway, which let it through",
      {
        message: `${TIME} "ada" 10.1.2.3 200 "CONNECT a.test:443 HTTP/1.1" "Business" "Minimal Risk" "-" 9 7 "Mozilla/5.0" "" "0" ""`,
      },
      'CONNECT http://a.test:443: 200',
    ],
    [
      'Blue Coat',
      {
        '#Fields':
          'date time c-ip cs-username sc-filter-result sc-status cs-method cs-uri-scheme cs-host cs-uri-path cs-uri-query cs(User-Agent) s-ip',
        message: '2026-11-28 19:00:00 10.1.2.3 ada DENIED 403 GET http a.test /x ?q=1 "Mozilla/5.0 (X)" 10.0.0.53',
      },
      'DENIED: GET http://a.test/x?q=1: 403',
    ],
    [
      'Forcepoint',
      {
        '@timestamp': '2026-11-28T19:00:00Z',
        message:
          'vendor=Forcepoint product=Security action=blocked user=LDAP://10.0.0.1 OU=x loginID=ada src_host=10.1.2.3 dst_host=a.test http_response=403 http_method=GET url=https://a.test/x',
      },
      'blocked: GET https://a.test/x: 403',
    ],
    [
      'Netskope',
      {
        timestamp: AT / 1_000,
        type: 'page',
        user: 'ada',
        userip: '10.1.2.3',
        srcip: '198.51.100.1',
        dstip: '203.0.113.9',
        url: 'a.test/x',
        action: 'block',
      },
      'block: request http://a.test/x',
    ],
    [
      "Zscaler, in its feed's short names",
      {
        time: 'Sat Nov 28 19:00:00 2026',
        login: 'ada',
        cip: '10.1.2.3',
        eurl: 'a.test/x',
        action: 'Blocked',
        reqmethod: 'GET',
        respcode: '403',
      },
      'Blocked: GET http://a.test/x: 403',
    ],
  ])('says who asked for what, and what became of it: %s', (_, event, message) => {
    const made = read(event);
    expect(made.occurredAt ?? (made.writtenTime && momentOf(made.writtenTime, AT)?.at)).toBe(AT);
    expect(made).toMatchObject({ entity: 'ip:10.1.2.3', ocsf: { classUid: 4002, message } });
    expect(made.observables).toContainEqual({ kind: 'domain', value: 'a.test' });
    expect(made.observables).toContainEqual({ kind: 'user-name', value: 'ada' });
    expect(made.observables).not.toContainEqual({ kind: 'ip-address', value: '10.0.0.53' });
  });
});
