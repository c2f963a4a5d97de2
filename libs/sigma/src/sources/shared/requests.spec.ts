import type { JsonObject, SourceKind } from '../../index.js';
import { labels, matches, read } from '../../../test/source-fields.js';

describe('requests', () => {
  it.each<[SourceKind, JsonObject]>([
    ['web-proxy', { url: 'http://evil.example:8080/a/x.exe?q=1', method: 'GET' }],
    ['web-proxy', { event: { url: 'evil.example/a/x.exe?q=1', requestmethod: 'GET' } }],
    ['web-proxy', { url: { original: 'http://evil.example/a/x.exe?q=1' }, http: { request: { method: 'GET' } } }],
    ['web-server', { request: 'GET /a/x.exe?q=1 HTTP/1.1', http_host: 'evil.example' }],
    [
      'web-server',
      {
        message: '10.1.1.1 - - [02/Nov/2026:10:00:00 +0100] "GET /a/x.exe?q=1 HTTP/1.1" 200 5 "-" "curl"',
        vhost: 'evil.example',
      },
    ],
    ['web-server', { 'cs-uri-stem': '/a/x.exe', 'cs-uri-query': 'q=1', 'cs-method': 'GET', 'cs-host': 'evil.example' }],
  ])('of a %s have an address and its parts (%#)', (kind, event) => {
    expect(read(kind, event, 'cs-uri-stem', 'c-uri-query', 'c-uri-extension', 'cs-method', 'cs-host')).toEqual({
      'cs-uri-stem': '/a/x.exe',
      'c-uri-query': 'q=1',
      'c-uri-extension': 'exe',
      'cs-method': 'GET',
      'cs-host': 'evil.example',
    });
    for (const wanted of ['q=1', '/a/x.exe?q=1'])
      expect(
        matches(kind, event, { category: kind === 'web-proxy' ? 'proxy' : 'webserver' }, { 'cs-uri-query': wanted }),
      ).toBe(true);
  });
  it('of a combined log have their status, visitor and program', () => {
    const event = {
      message: '10.1.1.1 - ada [02/Nov/2026:10:00:00 +0100] "POST /a HTTP/1.1" 403 5 "http://r/" "curl/8"',
    };
    expect(read('web-server', event, 'sc-status', 'c-ip', 'cs-username', 'cs-user-agent', 'cs-referer')).toEqual({
      'sc-status': '403',
      'c-ip': '10.1.1.1',
      'cs-username': 'ada',
      'cs-user-agent': 'curl/8',
      'cs-referer': 'http://r/',
    });
  });
  it.each([
    ['as they are', (request: string) => `192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request}" 200 5 "-" "curl"`],
    [
      'with a quote',
      (request: string) =>
        `192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request.replace(' H', '&x=\\" H')}" 200 5 "-" "curl"`,
    ],
    [
      'by an agent with a quote',
      (request: string) => `192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request}" 200 5 "-" "cu\\"rl"`,
    ],
    [
      'by a user with a blank',
      (request: string) => `192.0.2.7 - frank smith [28/Nov/2026:05:00:01 +0100] "${request}" 200 5 "-" "curl"`,
    ],
    [
      'of a virtual host',
      (request: string) => `www.acme.test:443 192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request}" 200 5 "-" "curl"`,
    ],
    [
      'behind a header',
      (request: string) =>
        `<190>Nov 28 05:00:01 web1 nginx: 192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request}" 200 5 "-" "curl"`,
    ],
    [
      'behind a header of RFC 5424',
      (request: string) =>
        `<190>1 2026-11-28T04:00:01Z web1 nginx - - [a@1 b="c"] 192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request}" 200 5`,
    ],
    [
      'with a blank in the address',
      (request: string) =>
        `192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request.replace('/a', '/a b')}" 200 5 "-" "curl"`,
    ],
    [
      'of no known version',
      (request: string) =>
        `192.0.2.7 - - [28/Nov/2026:05:00:01 +0100] "${request.replace(' HTTP/1.1', '')}" 200 5 "-" "curl"`,
    ],
    [
      'of IIS',
      (request: string) =>
        `2026-11-28 04:00:01 10.0.0.1 GET /a ${request.slice(7, -9)} 443 - 192.0.2.7 curl - 200 0 0 15`,
    ],
    [
      'refused by Apache',
      (request: string) =>
        `[Sat Nov 28 05:00:01 2026] [core:error] [pid 7] [client 192.0.2.7:4] AH00126: Invalid URI in request ${request}`,
    ],
    [
      'refused by nginx',
      (request: string) =>
        `2026/11/28 05:00:01 [error] 7#7: *1 no, client: 192.0.2.7, server: a, request: "${request}", host: "b"`,
    ],
  ])('are found by rules however their line is written: %s', (_, line) => {
    const event = { message: line('GET /a?f=../../etc/passwd HTTP/1.1') };
    expect(matches('web-server', event, { category: 'webserver' }, { 'cs-uri-query|contains': '/etc/passwd' })).toBe(
      true,
    );
    expect(matches('web-server', event, { category: 'webserver' }, { 'c-ip': '192.0.2.7', 'cs-method': 'GET' })).toBe(
      true,
    );
  });
  it.each<[string, JsonObject]>([
    [
      '/apache',
      { message: '[Sat Nov 28 05:00:01 2026] [core:notice] [pid 7] AH00052: child exit signal Segmentation fault' },
    ],
    ['/nginx', { message: '2026/11/28 05:00:01 [alert] 7#7: worker process 5 exited on signal 11 (core dumped)' }],
    ['/nginx', { message: '<190>Nov 28 05:00:01 web1 nginx: something' }],
  ])('of a server are its own: %s', (label, event) => expect(labels('web-server', event)).toContain(label));
  it.each<[JsonObject]>([[{}], [{ url: {} }], [{ request: 7 }], [{ message: '- - [' }], [{ url: '?' }]])(
    'takes %j as it is',
    (event) => expect(labels('web-server', event)).toEqual(['/webserver']),
  );
});
