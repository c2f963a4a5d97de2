import { growthOfText, LINEAR } from '#libs/measure';
import { errorOf } from './error-log.js';

const APACHE = '[Sat Nov 28 05:00:01.123456 2026]';
const NGINX = '2026/11/28 05:00:01 [error] 77#77: *12';

describe('a line of an error log', () => {
  it.each<[string, string, Record<string, string | undefined>]>([
    [
      'Apache',
      `${APACHE} [core:error] [pid 77:tid 12] [client 192.0.2.7:4022] AH00126: Invalid URI in request GET /../../etc/passwd HTTP/1.1`,
      {
        'derived.time': '2026-11-28T05:00:01.123456',
        level: 'error',
        module: 'core',
        'c-ip': '192.0.2.7',
        src_port: '4022',
        msg: 'AH00126: Invalid URI in request GET /../../etc/passwd HTTP/1.1',
      },
    ],
    [
      'Apache, with what the system said',
      `${APACHE} [php7:warn] [pid 77] (2)No such file or directory: [client [2001:db8::1]:4022] AH1: a, referer: http://r/`,
      { 'c-ip': '2001:db8::1', 'cs-referer': 'http://r/', msg: '(2)No such file or directory: AH1: a' },
    ],
    ['Apache, IPv6', `${APACHE} [core:error] [pid 77] [client [2001:db8::1]:4022] a`, { 'c-ip': '2001:db8::1' }],
    [
      'Apache 2.2',
      `[Sat Nov 28 05:00:01 2026] [error] [client 192.0.2.7] denied`,
      {
        'c-ip': '192.0.2.7',
        msg: 'denied',
        'derived.time': '2026-11-28T05:00:01',
      },
    ],
    [
      'Apache, of nobody',
      `${APACHE} [mpm_event:notice] [pid 77:tid 12] AH00489: Apache configured`,
      {
        'c-ip': undefined,
        msg: 'AH00489: Apache configured',
      },
    ],
    [
      'Apache, whose message names another client',
      `${APACHE} [core:error] [pid 77] [client 192.0.2.7:4022] File does not exist: /x [client 10.0.0.1:1] [level]`,
      { 'c-ip': '192.0.2.7', msg: 'File does not exist: /x [client 10.0.0.1:1] [level]' },
    ],
    [
      'ModSecurity',
      `${APACHE} [security2:error] [pid 77] [client 192.0.2.7:4022] [client 192.0.2.7] ModSecurity: Access denied with code 403 (phase 2). Matched [id "942100"] [data "x [uri \\"/no\\"]"] [hostname "evil.test"] [uri "/a?b=\\"c"] [unique_id "x"]`,
      { 'c-ip': '192.0.2.7', action: 'denied', 'cs-uri-stem': '/a?b="c' },
    ],
    [
      'nginx',
      `${NGINX} open() "/srv/x" failed (2: No such file or directory), client: 192.0.2.7, server: www.acme.test, request: "GET /x HTTP/1.1", host: "evil.test"`,
      {
        'derived.time': '2026-11-28T05:00:01',
        'c-ip': '192.0.2.7',
        msg: 'open() "/srv/x" failed (2: No such file or directory)',
      },
    ],
    [
      'nginx, of nobody',
      '2026/11/28 05:00:01 [alert] 77#77: worker process 5 exited on signal 11 (core dumped)',
      {
        msg: 'worker process 5 exited on signal 11 (core dumped)',
        level: 'alert',
      },
    ],
  ])('says when, where from and what: %s', (_, line, fields) => {
    const read = errorOf(line);
    for (const [name, value] of Object.entries(fields)) expect([name, read?.fields[name]]).toEqual([name, value]);
  });
  it.each([
    [
      `${APACHE} [core:error] [pid 7] [client 192.0.2.7:1] AH00126: Invalid URI in request GET /a b`,
      'GET /a b',
      undefined,
    ],
    [
      `${NGINX} x, client: 192.0.2.7, server: www.acme.test, request: "GET /x HTTP/1.1"`,
      'GET /x HTTP/1.1',
      'www.acme.test',
    ],
    [`${NGINX} x, client: 192.0.2.7, server: _, request: "GET /x HTTP/1.1"`, 'GET /x HTTP/1.1', undefined],
    [`${NGINX} x, client: 192.0.2.7, server: , request: "GET /x HTTP/1.1"`, 'GET /x HTTP/1.1', undefined],
  ])('tells the request, and the virtual host by the settings of nginx (%#)', (line, request, server) => {
    expect(errorOf(line)?.request).toBe(request);
    expect(errorOf(line)?.server).toBe(server);
  });
  it('believes neither of two clients of nginx, one of which may be written by the other', () => {
    const forged = `${NGINX} open() "/srv/x, client: 10.0.0.1, server: dc01, request: "GET /" failed, client: 192.0.2.7, server: www.acme.test, request: "GET /y HTTP/1.1"`;
    const read = errorOf(forged);
    expect(read).toMatchObject({ service: 'nginx', fields: { level: 'error' } });
    expect([read?.fields['c-ip'], read?.server]).toEqual([undefined, undefined]);
  });
  it.each(['', '[', '[]', '[x] [core:error] a', `${APACHE}`, `${APACHE} text`, '2026/11/28 05:00:01 text', '[1,2]'])(
    'is not what only looks like one: %s',
    (line) => expect(errorOf(line)).toBeUndefined(),
  );
  it.each([
    ['brackets', '[a] ', `${APACHE} `],
    ['open brackets', '[', `${APACHE} [core:error] (1)`],
    ['referrers', ', referer: ', `${APACHE} [core:error] `],
    ['clients', ', client: ', `${NGINX} `],
  ])('costs time in proportion to the line: %s', (_, part, begin) =>
    expect(growthOfText(errorOf, part, { begin })).toBeLessThan(LINEAR),
  );
});
