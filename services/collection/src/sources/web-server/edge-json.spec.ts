import type { NativeObject } from '../source.js';
import { AT, read, TIME, told } from '../../../test/web-told.js';

describe('what stands before web servers', () => {
  it.each<[string, NativeObject, string]>([
    [
      'AWS WAF',
      {
        timestamp: AT,
        action: 'BLOCK',
        httpRequest: {
          clientIp: '192.0.2.7',
          headers: [{ name: 'Host', value: 'www.acme.test' }],
          uri: '/w',
          args: 'a=1',
          httpMethod: 'GET',
        },
      },
      'GET http://www.acme.test/w?a=1',
    ],
    [
      'Google Cloud',
      {
        timestamp: '2026-11-28T04:00:01Z',
        httpRequest: {
          requestMethod: 'GET',
          requestUrl: 'https://www.acme.test/g',
          status: 200,
          remoteIp: '192.0.2.7',
        },
      },
      'GET https://www.acme.test/g: 200',
    ],
    [
      "Azure's Application Gateway",
      {
        time: '2026-11-28T04:00:01Z',
        properties: {
          clientIP: '192.0.2.7',
          httpMethod: 'GET',
          requestUri: '/ag',
          requestQuery: 'a=1',
          httpStatus: 200,
          host: 'www.acme.test',
        },
      },
      'GET http://www.acme.test/ag?a=1: 200',
    ],
    [
      "Azure's Front Door, whose client is whom it was forwarded for",
      {
        time: '2026-11-28T04:00:01Z',
        properties: {
          clientIp: '203.0.113.1',
          socketIp: '192.0.2.7',
          httpMethod: 'GET',
          requestUri: 'https://www.acme.test/fd',
          httpStatusCode: '200',
        },
      },
      'GET https://www.acme.test/fd: 200',
    ],
    [
      'Caddy',
      {
        ts: AT / 1_000,
        request: {
          remote_ip: '192.0.2.7',
          method: 'GET',
          host: 'www.acme.test',
          uri: '/c',
          headers: { 'User-Agent': ['curl'] },
        },
        status: 200,
      },
      'GET http://www.acme.test/c: 200',
    ],
    [
      'Traefik',
      {
        StartUTC: '2026-11-28T04:00:01Z',
        ClientHost: '192.0.2.7',
        RequestMethod: 'GET',
        RequestPath: '/t',
        RequestHost: 'www.acme.test',
        DownstreamStatus: 200,
      },
      'GET http://www.acme.test/t: 200',
    ],
    [
      'a server that names who is connected',
      {
        time: '2026-11-28T04:00:01Z',
        remote_ip: '192.0.2.7',
        host: 'www.acme.test',
        method: 'GET',
        uri: '/e',
        status: 200,
      },
      'GET http://www.acme.test/e: 200',
    ],
    [
      'nginx with seconds',
      { msec: '1795838401.000', remote_addr: '192.0.2.7', request: 'GET /n HTTP/1.1', status: '200' },
      'GET /n: 200',
    ],
    [
      'Apache as JSON',
      { time: TIME, remoteIP: '192.0.2.7', request: '/a', query: '?x=1', method: 'GET', status: '200' },
      'GET /a: 200',
    ],
    [
      'ModSecurity 3',
      {
        transaction: {
          client_ip: '192.0.2.7',
          time_stamp: 'Sat Nov 28 04:00:01 2026',
          request: { method: 'GET', uri: '/m', headers: { Host: 'www.acme.test' } },
          response: { http_code: 403 },
          messages: [{ message: 'SQL Injection' }],
        },
      },
      'GET http://www.acme.test/m: 403',
    ],
    [
      'ModSecurity 2',
      {
        transaction: { time: '28/Nov/2026:04:00:01 +0000', remote_address: '192.0.2.7' },
        request: { request_line: 'GET /m HTTP/1.1', headers: { Host: 'www.acme.test' } },
        response: { status: 403 },
      },
      'GET http://www.acme.test/m: 403',
    ],
    [
      'Akamai',
      {
        reqTimeSec: '1795838401.000',
        cliIP: '192.0.2.7',
        reqMethod: 'GET',
        reqHost: 'www.acme.test',
        reqPath: '/k',
        statusCode: '200',
        queryStr: 'a=1',
      },
      'GET http://www.acme.test/k?a=1: 200',
    ],
    [
      'Cloudflare',
      {
        EdgeStartTimestamp: '2026-11-28T04:00:01Z',
        ClientIP: '192.0.2.7',
        ClientRequestHost: 'www.acme.test',
        ClientRequestMethod: 'GET',
        ClientRequestURI: '/cf',
        EdgeResponseStatus: 200,
      },
      'GET http://www.acme.test/cf: 200',
    ],
  ])('is read as its own JSON has it: %s', (_, event, expected) =>
    expect(told(event)).toBe(`ip:192.0.2.7 ${expected}`),
  );

  it.each<[string, NativeObject, string]>([
    ['nginx', { remote_addr: '192.0.2.7', http_x_forwarded_for: '203.0.113.1' }, '192.0.2.7'],
    [
      'a framework, beside who is connected',
      { client_ip: '203.0.113.1', clientip: '203.0.113.1', remote_addr: '192.0.2.7', xff: '203.0.113.1' },
      '192.0.2.7',
    ],
    ['Traefik', { ClientHost: '203.0.113.1', ClientAddr: '192.0.2.7:4711', ClientPort: '4711' }, '192.0.2.7'],
    ['Traefik, IPv6', { ClientHost: '203.0.113.1', ClientAddr: '[2001:db8::7]:4711' }, '2001:db8::7'],
    ['Caddy', { request: { remote_ip: '192.0.2.7', client_ip: '203.0.113.1', uri: '/' } }, '192.0.2.7'],
    [
      'Caddy 2.4',
      { request: { remote_addr: '192.0.2.7:4711', uri: '/', headers: { 'X-Forwarded-For': ['203.0.113.1'] } } },
      '192.0.2.7',
    ],
    [
      'Envoy',
      {
        downstream_direct_remote_address: '192.0.2.7:4711',
        downstream_remote_address: '203.0.113.1:0',
        x_forwarded_for: '203.0.113.1',
      },
      '192.0.2.7',
    ],
    ['Istio', { downstream_remote_address: '192.0.2.7:4711', x_forwarded_for: '203.0.113.1' }, '192.0.2.7'],
    [
      'Istio, which names nobody else',
      { downstream_remote_address: '203.0.113.1:0', downstream_local_address: '10.0.0.5:80' },
      'unknown',
    ],
    [
      'Istio, behind who forwards',
      { downstream_remote_address: '203.0.113.1:0', x_forwarded_for: '203.0.113.1,192.0.2.7' },
      'unknown',
    ],
    ['Istio, IPv6', { downstream_remote_address: '[2001:db8::1]:0', x_forwarded_for: '203.0.113.1' }, 'unknown'],
    ['Envoy Gateway', { downstream_remote_address: '192.0.2.7:47', 'x-forwarded-for': '203.0.113.1' }, '192.0.2.7'],
    ['Echo, which names nobody else', { remote_ip: '203.0.113.1', latency_human: '1ms', uri: '/' }, 'unknown'],
    [
      'gin, which names nobody else',
      { message: '[GIN] 2026/11/28 - 04:00:01 | 404 | 1ms | 203.0.113.1 | GET "/x"' },
      'unknown',
    ],
  ])('names who is connected, and not whom a request was forwarded for: %s', (_, event, peer) => {
    const { entity, observables } = read({ method: 'GET', path: '/', ...event });
    expect(entity).toBe(`ip:${peer}`);
    expect(observables).toContainEqual({ kind: 'ip-address', value: '203.0.113.1' });
  });

  const GROK = { clientip: '192.0.2.7', ident: '-', auth: '-', verb: 'GET', request: '/x', httpversion: '1.1' };
  it.each<[string, NativeObject, string]>([
    ['a text', { ...GROK, response: '200', host: 'web1' }, 'host:web1 GET /x: 200'],
    ['an object', { ...GROK, response: '200', host: { name: 'web1' } }, 'host:web1 GET /x: 200'],
    [
      'beside what was asked',
      { ...GROK, response: '200', host: 'web1', vhost: 'www.acme.test' },
      'host:web1 GET http://www.acme.test/x: 200',
    ],
    [
      'of another, who is asked',
      { remote_addr: '192.0.2.7', verb: 'GET', request: '/x', status: 200, host: 'www.acme.test' },
      'ip:192.0.2.7 GET http://www.acme.test/x: 200',
    ],
  ])('takes the host beside what Logstash took apart as who sent it: %s', (_, event, expected) => {
    expect(told({ '@timestamp': AT, ...event })).toBe(expected);
    expect(read(event).observables).not.toContainEqual({ kind: 'domain', value: 'web1' });
  });

  it('reads all that Istio says of a request', () => {
    const istio = {
      start_time: '2026-11-28T04:00:01.000Z',
      method: 'GET',
      path: '/e?a=1',
      authority: 'www.acme.test:8080',
      response_code: 503,
      bytes_sent: 91,
      user_agent: 'curl',
      upstream_cluster: 'outbound|80||s',
      downstream_local_address: '10.0.0.5:80',
      downstream_remote_address: '192.0.2.7:4711',
    };
    expect(told(istio)).toBe('ip:192.0.2.7 GET http://www.acme.test/e?a=1: 503');
    expect(read(istio).ocsf).toMatchObject({ src: { port: 4_711 }, dst: { ip: '10.0.0.5', port: 80 } });
  });

  it.each(['"><script>', 'a b', 'x'.repeat(300), '-', '.', 'a..b', ''])(
    'sees no host in what is no name: %s',
    (host) => {
      const { observables, ocsf } = read({ remote_addr: '192.0.2.7', request: 'GET /a HTTP/1.1', http_host: host });
      expect(observables).toEqual([{ kind: 'ip-address', value: '192.0.2.7' }]);
      expect(ocsf.dst).toBeUndefined();
    },
  );

  it('sees whom a request was forwarded for, which is not who asked', () => {
    const { entity, observables } = read({
      message: `203.0.113.1, 192.0.2.7 - - ${TIME} "GET / HTTP/1.1" 200 5`,
    });
    expect(entity).toBe('ip:192.0.2.7');
    expect(observables).toContainEqual({ kind: 'ip-address', value: '203.0.113.1' });
  });
});
