import { cpuClock } from '#libs/testing';
import { readMessage } from '../../ingest/message.js';
import { webProxy } from '../web-proxy/index.js';
import { webServer } from './index.js';

const PLACE = { topic: 'ingest.acme.web', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 28, 12) };
const AT = Date.UTC(2026, 10, 28, 5, 0, 1);
const DIRECTIVES = '#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-11-28 05:00:00';

const read = (text: string, source = webServer): string[] => {
  const { events, rejected } = readMessage(Buffer.from(text), PLACE, source);
  expect(rejected).toEqual([]);
  return events.map(({ occurredAt, entity, ocsf }) =>
    `${occurredAt === AT ? '' : occurredAt} ${entity} ${ocsf.message}`.trim(),
  );
};

describe("a message in W3C's extended log format", () => {
  it.each<[string, string, string[]]>([
    [
      'what its directive says',
      `${DIRECTIVES}\n#Fields: date time c-ip cs-method cs-uri-stem sc-status\n2026-11-28 05:00:01 192.0.2.7 GET /a 200\n`,
      ['ip:192.0.2.7 GET /a: 200'],
    ],
    [
      'another directive in the middle',
      '#Fields: date time c-ip cs-method cs-uri-stem\n2026-11-28 05:00:01 192.0.2.7 GET /a\n' +
        '#Date: x\r\n#Fields: s-computername cs-uri-stem cs-method c-ip time date\r\nweb1 /b POST 192.0.2.8 05:00:01 2026-11-28\r\n',
      ['ip:192.0.2.7 GET /a', 'host:web1 POST /b'],
    ],
    [
      'the names of IIS where nothing is said before it',
      '2026-11-28 05:00:01 10.0.0.1 GET /a - 443 - 192.0.2.7 curl - 200 0 0 1\n#Fields: date time c-ip cs-method cs-uri-stem\n2026-11-28 05:00:01 192.0.2.8 GET /b',
      ['ip:192.0.2.7 GET /a: 200', 'ip:192.0.2.8 GET /b'],
    ],
    [
      'the directive of the host that sent it',
      '<13>1 2026-11-28T05:00:01Z web1 iis - - - #Fields: date time c-ip cs-method cs-uri-stem\n' +
        '<13>1 2026-11-28T05:00:01Z web2 iis - - - #Fields: cs-uri-stem cs-method c-ip time date\n' +
        '<13>1 2026-11-28T05:00:01Z web1 iis - - - 2026-11-28 05:00:01 192.0.2.7 GET /a\n' +
        '<13>1 2026-11-28T05:00:01Z web2 iis - - - /b GET 192.0.2.8 05:00:01 2026-11-28',
      ['host:web1 GET /a', 'host:web2 GET /b'],
    ],
    ['only directives', `${DIRECTIVES}\n#Fields: date time`, []],
    ['an empty directive', '#Fields:\n2026-11-28 05:00:01 192.0.2.7 GET /a', ['ip:unknown request ?']],
    [
      'a line that says more than its directive',
      '#Fields: date time c-ip cs-uri-stem\n2026-11-28 05:00:01 192.0.2.7 /a b',
      ['ip:unknown request ?'],
    ],
    [
      'JSON between its lines',
      '#Fields: date time c-ip cs-method cs-uri-stem\n{"time":"2026-11-28T05:00:01Z","clientip":"192.0.2.9","request":"GET /c"}\n2026-11-28 05:00:01 192.0.2.7 GET /a',
      ['ip:192.0.2.9 GET /c', 'ip:192.0.2.7 GET /a'],
    ],
  ])('is read by %s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it('keeps the line and the names as its evidence', () => {
    const { events } = readMessage(Buffer.from('#Fields: date c-ip\n2026-11-28 192.0.2.7'), PLACE, webServer);
    expect(JSON.parse(String(events[0]?.native))).toEqual({ message: '2026-11-28 192.0.2.7', '#Fields': 'date c-ip' });
    expect(webServer.split(Buffer.from('#Fields: date c-ip\n2026-11-28 192.0.2.7')).map(String)).toEqual(
      events.map(({ native }) => String(native)),
    );
  });

  it('comes from proxies too, with values in quotes', () =>
    expect(
      read(
        '#Fields: date time c-ip cs-username sc-filter-result cs(User-Agent) sc-status cs-method cs-uri-scheme cs-host cs-uri-path cs-uri-query\n' +
          '2026-11-28 05:00:01 10.1.2.3 ada OBSERVED "Mozilla/5.0 (X)" 200 GET http evil.example.test /a.exe ?x=1',
        webProxy,
      ),
    ).toEqual(['ip:10.1.2.3 OBSERVED: GET http://evil.example.test/a.exe?x=1: 200']));

  it('tells its names with each line up to 16 MiB, and sets aside what is behind that', () => {
    const names = `c-ip cs-uri-stem ${'x'.repeat(8_000)}`;
    const text = `#Fields: ${names}\n${'192.0.2.7 /a -\n'.repeat(9_000)}`;
    const { events, rejected } = readMessage(Buffer.from(text), PLACE, webServer);
    expect(events).toHaveLength(Math.floor((16 * 1024 * 1024) / names.length));
    expect(new Set(rejected.map(({ code }) => code))).toEqual(new Set(['TOO_MANY_NAMES']));
    expect(events.length + rejected.length).toBe(9_000);
  });

  it('has no names where they are more than are looked at', () =>
    expect(read(`#Fields: c-ip cs-uri-stem ${'x '.repeat(5_000)}\n192.0.2.7 /a`)).toEqual([
      `${PLACE.timestamp} ip:unknown request ?`,
    ]));

  it('of many lines is cut in no time', () => {
    const text = `#Fields: c-ip cs-uri-stem\n${'192.0.2.7 /a\n'.repeat(9_000)}`;
    const spentMs = cpuClock();
    expect(webServer.split(Buffer.from(text))).toHaveLength(9_000);
    expect(spentMs()).toBeLessThan(1_000);
  });
});
