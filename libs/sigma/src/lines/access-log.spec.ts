import { growthOfText, LINEAR } from '#libs/measure';
import { accessOf } from './access-log.js';

const TIME = '[28/Nov/2026:05:00:01 +0100]';
const AT = '2026-11-28T05:00:01+01:00';

describe('a line of an access log', () => {
  it.each<[string, string, string, Record<string, string>]>([
    ['common', `192.0.2.7 - - ${TIME} "GET /a HTTP/1.1" 200 5`, 'GET /a HTTP/1.1', { 'sc-status': '200' }],
    [
      'combined',
      `192.0.2.7 - ada ${TIME} "GET /a HTTP/1.1" 200 5 "http://r/" "curl/8"`,
      'GET /a HTTP/1.1',
      { 'cs-username': 'ada', 'cs-referer': 'http://r/', 'cs-user-agent': 'curl/8', 'sc-bytes': '5' },
    ],
    [
      'quotes in the request, in the way of Apache',
      `192.0.2.7 - - ${TIME} "GET /?q=\\"><script> HTTP/1.1" 200 5 "-" "Mozilla \\"x\\""`,
      'GET /?q="><script> HTTP/1.1',
      { 'cs-user-agent': 'Mozilla "x"' },
    ],
    [
      'quotes in the request, in the way of nginx',
      `192.0.2.7 - - ${TIME} "GET /?q=\\x22><script>\\x5C\\xC3\\xA9 HTTP/1.1" 200 5 "-" "a\\x22"`,
      'GET /?q="><script>\\é HTTP/1.1',
      { 'cs-user-agent': 'a"' },
    ],
    [
      'quotes that nobody escaped',
      `192.0.2.7 - - ${TIME} "GET /?q="><script> HTTP/1.1" 200 5 "-" "curl"`,
      'GET /?q="><script> HTTP/1.1',
      { 'sc-status': '200', 'cs-user-agent': 'curl' },
    ],
    [
      'a backslash before the closing quote',
      `192.0.2.7 - - ${TIME} "GET /a\\\\" 200 5 "-" "curl"`,
      'GET /a\\',
      { 'sc-status': '200', 'cs-user-agent': 'curl' },
    ],
    [
      'a user with a blank',
      `2001:db8::1 - frank smith ${TIME} "GET /a HTTP/1.1" 404 -`,
      'GET /a HTTP/1.1',
      {
        'c-ip': '2001:db8::1',
        'cs-username': 'frank smith',
        'sc-status': '404',
      },
    ],
    ['a user without a name', `192.0.2.7 - "" ${TIME} "GET /a HTTP/1.1" 401 -`, 'GET /a HTTP/1.1', {}],
    [
      'a user who writes a line of their own',
      `192.0.2.7 - x ${TIME} \\"GET /b HTTP/1.1\\" 200 5 ${TIME} "GET /a HTTP/1.1" 401 9 "-" "curl"`,
      'GET /a HTTP/1.1',
      { 'sc-status': '401', 'cs-username': `x ${TIME} "GET /b HTTP/1.1" 200 5` },
    ],
    ['an empty request', `192.0.2.7 - - ${TIME} "-" 408 - "-" "-"`, '-', { 'sc-status': '408' }],
    ['no request at all', `192.0.2.7 - - ${TIME} "" 400 0 "-" "-"`, '', { 'sc-status': '400' }],
    ['bytes', `192.0.2.7 - - ${TIME} "\\x16\\x03\\x01\\x02" 400 226 "-" "-"`, '\\x16\\x03\\x01\\x02', {}],
    [
      'more behind it',
      `192.0.2.7 - - ${TIME} "GET / HTTP/2.0" 200 5 "-" "curl" "10.0.0.1" rt=0.1`,
      'GET / HTTP/2.0',
      {},
    ],
    [
      'an agent that is cut off',
      `192.0.2.7 - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "Mozilla/5`,
      'GET / HTTP/1.1',
      {
        'cs-user-agent': 'Mozilla/5',
      },
    ],
  ])('is read up to the quote that is not escaped: %s', (_, line, request, fields) => {
    const read = accessOf(line);
    expect(read).toMatchObject({ request, fields: { 'derived.time': AT, ...fields } });
    expect(read?.asked).toBeUndefined();
    expect(Object.values(read?.fields ?? {})).not.toContain('-');
  });

  it("says what Squid did, where it is Squid's", () =>
    expect(
      accessOf(`192.0.2.7 - - ${TIME} "CONNECT a.test:443 HTTP/1.1" 403 5 "-" "curl" TCP_DENIED:HIER_NONE`)?.fields,
    ).toMatchObject({ action: 'denied', 'sc-status': '403' }));

  it.each([
    '',
    '-',
    '] "',
    `${TIME} "GET /"`,
    `192.0.2.7 - - ${TIME} GET / 200`,
    `192.0.2.7 - - ${TIME} "GET / HTTP/1.1`,
    `192.0.2.7 - - [28/Nov/26:05:00] "GET / HTTP/1.1" 200 5`,
    `192.0.2.7 - - ${TIME} "GET / HTTP/1.1" two 5`,
  ])('is not what only looks like one: %s', (line) => expect(accessOf(line)).toBeUndefined());

  it.each([
    ['times', '[] "', '192.0.2.7 ', ''],
    ['quotes', '" ', `192.0.2.7 - - ${TIME} "`, ''],
    ['backslashes', '\\', `192.0.2.7 - - ${TIME} "`, ''],
    ['escaped quotes', '\\"', `192.0.2.7 - - ${TIME} "`, '" 200 5'],
    ['escapes', '\\xC3', `192.0.2.7 - - ${TIME} "`, '" 200 5'],
    ['users', 'a ', '192.0.2.7 - ', `${TIME} "GET / HTTP/1.1" 200 5`],
  ])('costs time in proportion to the line: %s', (_, part, begin, end) =>
    expect(growthOfText(accessOf, part, { begin, end })).toBeLessThan(LINEAR),
  );
});
