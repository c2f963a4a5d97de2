import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { momentOf } from '#libs/sigma';
import type { NativeObject, NormalisedEvent } from '../source.js';
import { webServer } from './index.js';

const fixture = (name: string): NormalisedEvent[] =>
  webServer
    .split(readFileSync(join(__dirname, 'fixtures', name)))
    .map((piece) => webServer.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('web servers', () => {
  it('read the combined log', () => {
    const [attack, upload] = fixture('access.log');
    expect(attack).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity: 'ip:203.0.113.9',
      ocsf: {
        classUid: 4002,
        activityId: 3,
        src: { ip: '203.0.113.9' },
        message: 'GET /index.php?id=1%27%20UNION%20SELECT%201: 500',
      },
    });
    expect(upload).toMatchObject({
      ocsf: { activityId: 6, actor: { userName: 'ada' }, api: { operation: 'POST', status: '201' } },
    });
  });
  it.each([
    ['nginx', 0, 'host:web1', 'http://www.example.test/index.php?id=1'],
    ['IIS', 1, 'host:iis1', 'http://mail.example.test/owa/auth.owa'],
    ['an edge', 2, 'ip:203.0.113.9', 'http://www.example.test/a?x=1'],
  ])('read %s', (_, index, entity, url) => {
    const event = fixture('events.jsonl')[index];
    expect(event).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity,
      ocsf: { classUid: 4002, src: { ip: '203.0.113.9' } },
    });
    expect(event?.observables).toContainEqual({ kind: 'url', value: url });
  });
});

const read = (event: NativeObject): NormalisedEvent => webServer.normalise(event, Buffer.from(JSON.stringify(event)));
const AT = Date.UTC(2026, 10, 28, 4, 0, 1);
const TIME = '[28/Nov/2026:05:00:01 +0100]';

describe('lines of web servers', () => {
  it.each<[string, string, NormalisedEvent['entity'], number, string]>([
    [
      'a quote in the request',
      `192.0.2.7 - - ${TIME} "GET /?q=\\"> HTTP/1.1" 200 5`,
      'ip:192.0.2.7',
      4002,
      'GET /?q=">: 200',
    ],
    [
      'a user with a blank',
      `192.0.2.7 - frank smith ${TIME} "GET /a HTTP/1.1" 404 -`,
      'ip:192.0.2.7',
      4002,
      'GET /a: 404',
    ],
    ['an empty request', `192.0.2.7 - - ${TIME} "-" 408 -`, 'ip:192.0.2.7', 4002, 'request ?: 408'],
    ['bytes', `192.0.2.7 - - ${TIME} "\\x16\\x03\\x01" 400 226`, 'ip:192.0.2.7', 4002, 'request ?: 400'],
    [
      'an address of somebody else',
      `192.0.2.7 - - ${TIME} "GET http://dc01.acme.test/ HTTP/1.1" 404 5`,
      'ip:192.0.2.7',
      4002,
      'GET http://dc01.acme.test/: 404',
    ],
    [
      'a tunnel to somebody else',
      `192.0.2.7 - - ${TIME} "CONNECT dc01.acme.test:443 HTTP/1.1" 405 5`,
      'ip:192.0.2.7',
      4002,
      'CONNECT http://dc01.acme.test:443: 405',
    ],
    [
      'a virtual host',
      `www.acme.test:443 192.0.2.7 - - ${TIME} "GET /a HTTP/1.1" 200 5`,
      'ip:192.0.2.7',
      4002,
      'GET http://www.acme.test/a: 200',
    ],
    [
      'a header',
      `<190>Nov 28 05:00:01 web1 nginx: 192.0.2.7 - - ${TIME} "GET /a HTTP/1.1" 200 5`,
      'host:web1',
      4002,
      'GET /a: 200',
    ],
    [
      'a header of RFC 5424',
      `<190>1 2026-11-28T04:00:01Z web1 nginx 7 - - 192.0.2.7 - - ${TIME} "GET /a HTTP/1.1" 200 5`,
      'host:web1',
      4002,
      'GET /a: 200',
    ],
    [
      "Apache's error log",
      '[Sat Nov 28 04:00:01.000000 2026] [core:error] [pid 7] [client 192.0.2.7:4] AH1: no',
      'ip:192.0.2.7',
      0,
      'AH1: no',
    ],
    [
      "nginx's error log",
      '2026/11/28 04:00:01 [error] 7#7: *1 no, client: 192.0.2.7, server: www.acme.test, request: "GET /a HTTP/1.1", host: "dc01"',
      'host:www.acme.test',
      4002,
      'GET http://www.acme.test/a',
    ],
    [
      'IIS',
      '2026-11-28 04:00:01 10.0.0.1 GET /a x=1 443 - 192.0.2.7 curl - 200 0 0 15',
      'ip:192.0.2.7',
      4002,
      'GET /a?x=1: 200',
    ],
  ])(
    'are about the server where its settings or its log say which, else about the visitor: %s',
    (_, message, entity, classUid, told) => {
      const { occurredAt, writtenTime, ...made } = read({ message });
      expect(occurredAt ?? (writtenTime && momentOf(writtenTime, AT)?.at)).toBe(AT);
      expect(made).toMatchObject({
        entity,
        ocsf: { classUid, message: told, src: { ip: '192.0.2.7' } },
      });
    },
  );
  it.each<[string, NativeObject]>([
    ['a Host header', { remote_addr: '192.0.2.7', http_host: 'dc01', request: 'GET / HTTP/1.1' }],
    ['a Host header of IIS', { 'c-ip': '192.0.2.7', 'cs-host': 'dc01', 'cs-uri-stem': '/' }],
    ['an address', { clientip: '192.0.2.7', url: { original: 'http://dc01/', domain: 'dc01' } }],
    ['an edge', { ClientIP: '192.0.2.7', ClientRequestHost: 'dc01', ClientRequestPath: '/' }],
    [
      'names in a line of no known form',
      { clientip: '192.0.2.7', message: 'x "a=1 hostname=dc01 host.name=dc01 derived.server=dc01 b=2"' },
    ],
    ['what was forwarded', { message: `dc01 192.0.2.7 - - ${TIME} "GET / HTTP/1.1" 200 5` }],
    ['what was forwarded, with a port', { message: `dc01:443 192.0.2.7 - - ${TIME} "GET / HTTP/1.1" 200 5` }],
    ['a list of what was forwarded', { message: `dc01, 203.0.113.1, 192.0.2.7 - - ${TIME} "GET / HTTP/1.1" 200 5` }],
    ['a name of nginx for none', { server_name: '_', remote_addr: '192.0.2.7', request: 'GET / HTTP/1.1' }],
    ['an agent', { message: `192.0.2.7 - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "x hostname=dc01 a=1 b=2"` }],
  ])('are not about what a visitor wrote: %s', (_, event) => expect(read(event).entity).toBe('ip:192.0.2.7'));
});
