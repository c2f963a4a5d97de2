import { accessOf } from './access-log.js';

const TIME = '[28/Nov/2026:05:00:01 +0100]';

describe('the start of a line of an access log', () => {
  it.each<[string, string | undefined, Record<string, string>]>([
    ['www.acme.test:443 192.0.2.7 - -', 'www.acme.test', { 'c-ip': '192.0.2.7', 's-port': '443' }],
    ['www.acme.test 192.0.2.7 - ada', 'www.acme.test', { 'c-ip': '192.0.2.7', 'cs-username': 'ada' }],
    ['www.acme.test:80 2001:db8::1 - frank smith', 'www.acme.test', { 'cs-username': 'frank smith' }],
    ['www.acme.test:80 client.example.net - -', 'www.acme.test', { 'c-dns': 'client.example.net' }],
    ['client.example.net - -', undefined, { 'c-dns': 'client.example.net' }],
    ['2001:db8::1 - -', undefined, { 'c-ip': '2001:db8::1' }],
    ['192.0.2.7', undefined, { 'c-ip': '192.0.2.7' }],
    ['- 192.0.2.7 - -', undefined, { 'c-ip': '192.0.2.7' }],
    ['192.0.2.7:4711 - -', undefined, { 'c-ip': '192.0.2.7' }],
    ['10.0.0.1:80 192.0.2.7 - -', undefined, { 'c-ip': '192.0.2.7', 'x-forwarded-for': '10.0.0.1:80' }],
    ['203.0.113.1 192.0.2.7 - -', undefined, { 'c-ip': '192.0.2.7', 'x-forwarded-for': '203.0.113.1' }],
    ['203.0.113.1, 192.0.2.7 - -', undefined, { 'c-ip': '192.0.2.7', 'x-forwarded-for': '203.0.113.1,' }],
    ['unknown, 203.0.113.1, 10.9.9.9 192.0.2.7 - ada', undefined, { 'c-ip': '192.0.2.7', 'cs-username': 'ada' }],
    ['dc01 dc02 192.0.2.7 - -', undefined, { 'c-ip': '192.0.2.7' }],
    ['192.0.2.7 - 10.0.0.1', undefined, { 'c-ip': '192.0.2.7', 'cs-username': '10.0.0.1' }],
  ])('may name what was asked before the client: %s', (head, asked, fields) => {
    const read = accessOf(`${head} ${TIME} "GET /a HTTP/1.1" 200 5 "-" "curl"`);
    expect(read?.asked).toBe(asked);
    expect(read?.fields).toMatchObject(fields);
  });

  it.each([
    '203.0.113.1 - x 192.0.2.7 - -',
    '203.0.113.1 - 192.0.2.7 - -',
    'dc01 203.0.113.1 - x 192.0.2.7 - -',
    '192.0.2.7 - 203.0.113.1 - -',
    `2026/11/28 05:00:01 [error] 1#1: *1 x, client: 203.0.113.1, server: dc01, ${'x '.repeat(2_000)}`,
    'GET /e "-" "x 203.0.113.1 - -',
  ])('names no client where a visitor may have written one of two: %s', (head) => {
    const read = accessOf(`${head} ${TIME} "GET /a HTTP/1.1" 200 5`);
    expect(read).toMatchObject({ request: 'GET /a HTTP/1.1' });
    expect(read?.fields).not.toHaveProperty('c-ip');
  });
});
