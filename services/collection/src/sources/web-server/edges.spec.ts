import { TIME, told } from '../../../test/web-told.js';

describe('what stands before web servers', () => {
  it.each<[string, string, string]>([
    [
      'HAProxy',
      '192.0.2.7:4711 [28/Nov/2026:04:00:01.000] http-in~ app/web1 0/0/1/2/3 200 612 - - ---- 1/1/0/0/0 0/0 {dc01|curl} {} "GET /h HTTP/1.1"',
      'ip:192.0.2.7 GET /h: 200',
    ],
    [
      'HAProxy over TLS, which it escapes quotes for',
      '2001:db8::7:4711 [28/Nov/2026:04:00:01.000] https~ app/<NOSRV> 0/-1/-1/-1/3 -1 612 - - CR-- 1/1/0/0/0 0/0 {#22} "<BADREQ>" 0/0/0/0/0 dc01/TLSv1.3/x',
      'ip:2001:db8::7 request ? (0)',
    ],
    [
      'HAProxy, TCP',
      '192.0.2.7:4711 [28/Nov/2026:04:00:01.000] ssh-in ssh/s1 1/0/100 500 -- 1/1/0/0/0 0/0',
      'ip:192.0.2.7 connection to ssh/s1 (4001)',
    ],
    [
      'HAProxy, of a handshake that failed',
      '192.0.2.7:4711 [28/Nov/2026:04:00:01.000] https~/1: SSL handshake failure (error:0A000416:SSL routines::x)',
      'ip:192.0.2.7 SSL handshake failure (error:0A000416:SSL routines::x) (4001)',
    ],
    [
      'HAProxy, of what ended before',
      '<134>Nov 28 04:00:01 lb haproxy[1]: 192.0.2.7:4711 [28/Nov/2026:04:00:01.000] https/1: Connection closed during SSL handshake',
      'host:lb Connection closed during SSL handshake (4001)',
    ],
    [
      "AWS, an application's",
      'https 2026-11-28T04:00:01Z app/lb/5 192.0.2.7:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 34 366 "GET https://www.acme.test:443/a?q=\\x22 HTTP/1.1" "curl" ECDHE TLSv1.2 arn:aws:x "Root=1" "dc01" "-" 0 2026-11-28T04:00:01Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
      'ip:192.0.2.7 GET https://www.acme.test:443/a?q=": 200',
    ],
    [
      'AWS, a classic one',
      '<134>1 2026-11-28T04:00:01Z - - - - - 2026-11-28T04:00:01Z lb 192.0.2.7:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 0 29 "GET http://www.acme.test:80/ HTTP/1.1" "curl" - -',
      'ip:192.0.2.7 GET http://www.acme.test:80/: 200',
    ],
    [
      "AWS, a network's",
      'tls 2.0 2026-11-28T04:00:01 net/lb/c g3d4 192.0.2.7:51341 10.0.0.1:443 5 2 98 246 - arn:aws:x - ECDHE tlsv12 - dc01 - - - 2026-11-28T04:00:00',
      'ip:192.0.2.7 connection to 10.0.0.1 (4001)',
    ],
    [
      'Istio',
      '[2026-11-28T04:00:01Z] "GET /e HTTP/1.1" 200 - via_upstream - "-" 0 10 1 1 "203.0.113.1" "curl" "id" "www.acme.test" "10.0.0.4:80" outbound|80||s - 10.0.0.5:80 192.0.2.7:4711 - default',
      'ip:192.0.2.7 GET http://www.acme.test/e: 200',
    ],
    [
      'Envoy, which only says what was forwarded',
      '[2026-11-28T04:00:01Z] "GET /e HTTP/2" 200 - 0 10 1 1 "203.0.113.1" "curl" "id" "www.acme.test" "10.0.0.4:80"',
      'ip:unknown GET http://www.acme.test/e: 200',
    ],
    [
      'Istio, of a client that writes a line of an access log',
      `[2026-11-28T04:00:01Z] "GET /e HTTP/1.1" 200 - via_upstream - "-" 0 10 1 1 "-" "x 203.0.113.1 - - ${TIME} "GET / HTTP/1.1" 200 5" "id" "www.acme.test" "10.0.0.4:80" outbound|80||s - 10.0.0.5:80 192.0.2.7:4711 - default`,
      'ip:192.0.2.7 GET /e: 200',
    ],
    [
      'gin, which only says what was forwarded',
      '[GIN] 2026/11/28 - 04:00:01 | 404 |     1.2ms |     192.0.2.7 | GET      "/x?a=1"',
      'ip:unknown GET /x?a=1: 404',
    ],
    [
      'ingress-nginx',
      `192.0.2.7 - - ${TIME} "GET /i HTTP/1.1" 200 5 "-" "curl" 100 0.001 [default-app-80] [] 10.0.0.4:80 5 0.001 200 abc`,
      'ip:192.0.2.7 GET /i: 200',
    ],
    [
      'Varnish',
      `192.0.2.7 - - ${TIME} "GET http://www.acme.test/v HTTP/1.1" 200 5 "-" "curl"`,
      'ip:192.0.2.7 GET http://www.acme.test/v: 200',
    ],
    [
      'Traefik',
      `192.0.2.7 - - ${TIME} "GET /t HTTP/1.1" 200 5 "-" "-" 12 "r@docker" "http://10.0.0.2:80" 1ms`,
      'ip:192.0.2.7 GET /t: 200',
    ],
    [
      'Caddy for people',
      '2026/11/28 04:00:01.000\tINFO\thttp.log.access\thandled request\t{"request": {"remote_ip": "192.0.2.7", "method": "GET", "host": "www.acme.test", "uri": "/"}, "status": 200}',
      'ip:192.0.2.7 GET http://www.acme.test/: 200',
    ],
    [
      'CloudFront without its header',
      '2026-11-28\t04:00:01\tFRA56-P1\t500\t192.0.2.7\tGET\td1.cloudfront.net\t/a\t200\t-\tcurl\tx=1\t-\tHit\tid\tdc01\thttps\t100\t0.1\t-\tTLSv1.3\tx\tHit\tHTTP/2.0',
      'ip:192.0.2.7 GET http://d1.cloudfront.net/a?x=1: 200',
    ],
  ])('is read as its own line has it: %s', (_, message, expected) => expect(told({ message })).toBe(expected));
});
