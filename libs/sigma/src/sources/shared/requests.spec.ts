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
  it.each<[JsonObject]>([[{}], [{ url: {} }], [{ request: 7 }], [{ message: '- - [' }], [{ url: '?' }]])(
    'takes %j as it is',
    (event) => expect(labels('web-server', event)).toEqual(['/webserver']),
  );
});
