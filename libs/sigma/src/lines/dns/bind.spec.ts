import { fieldsOfText } from '../index.js';
import { dnsOf } from './index.js';

const ASKED = { src_ip: '10.0.0.5', query: 'a.example', record_type: 'A' };
const AT = { 'derived.time': '2026-11-28T19:00:00.123' };
const CLIENT = 'client @0x7f1 10.0.0.5#5353 (a.example)';

it.each<[string, string, object]>([
  [
    'BIND, its own file',
    `28-Nov-2026 19:00:00.123 ${CLIENT}: query: a.example IN A +E(0)K (10.0.0.53)`,
    { ...AT, ...ASKED, src_port: '5353', dst_ip: '10.0.0.53' },
  ],
  [
    'BIND with category, level and view, of a client that named a subnet',
    `28-Nov-2026 19:00:00.123 queries: info: ${CLIENT}: view inside: query: a.example IN A +E(0) (10.0.0.53) [ECS 192.0.2.0/24/0]`,
    { ...AT, ...ASKED, src_port: '5353', dst_ip: '10.0.0.53' },
  ],
  ['BIND by syslog', `queries: info: ${CLIENT}: query: a.example IN A +`, { ...ASKED, src_port: '5353' }],
  ['BIND of old', 'client 10.0.0.5#5353: query: a.example IN A +', { ...ASKED, src_port: '5353' }],
  [
    'BIND with an ISO time',
    `2026-11-28T19:00:00.123Z queries: info: ${CLIENT}: query: a.example IN A +`,
    { ...ASKED, 'derived.time': '2026-11-28T19:00:00.123+00:00', src_port: '5353' },
  ],
  [
    'BIND, denied',
    `${CLIENT}: query (cache) 'a.example/A/IN' denied (allow-query-cache did not match)`,
    { ...ASKED, src_port: '5353', action: 'denied' },
  ],
  [
    'BIND, rewritten',
    `rpz: info: ${CLIENT}: rpz QNAME NXDOMAIN rewrite a.example/A/IN via a.example.rpz`,
    { ...ASKED, src_port: '5353', action: 'rpz NXDOMAIN' },
  ],
  [
    'BIND, failed',
    `${CLIENT}: query failed (SERVFAIL) for a.example/IN/A at query.c:5671`,
    { ...ASKED, src_port: '5353', response_code: 'SERVFAIL' },
  ],
  [
    'BIND, an answer',
    `${CLIENT}: response: a.example IN A NXDOMAIN + (10.0.0.53)`,
    { ...ASKED, src_port: '5353', response_code: 'NXDOMAIN' },
  ],
  [
    'BIND, a transfer',
    "client @0x7f1 10.0.0.5#5353 (a.example): transfer of 'a.example/IN': AXFR started (serial 1)",
    { src_ip: '10.0.0.5', src_port: '5353', query: 'a.example', record_type: 'AXFR' },
  ],
  [
    'BIND, no question',
    "update-security: error: client @0x7f1 10.0.0.5#5353: update 'a.example/IN' denied",
    { src_ip: '10.0.0.5', src_port: '5353', msg: "update 'a.example/IN' denied" },
  ],
  [
    'BIND, what it asks itself',
    "lame-servers: info: timed out resolving 'a.example/DS/IN': 8.8.8.8#53",
    { query: 'a.example', record_type: 'DS', dst_ip: '8.8.8.8', msg: 'timed out' },
  ],
  [
    'Infoblox, an answer',
    'infoblox-responses: 28-Nov-2026 19:00:00.123 client 10.0.0.5#5353: UDP: query: a.example IN A response: NOERROR + a.example. 300 IN A 192.0.2.9;',
    {
      ...AT,
      ...ASKED,
      src_port: '5353',
      response_code: 'NOERROR',
      answer: 'a.example. 300 IN A 192.0.2.9;',
    },
  ],
])("lines of BIND's log say who asked what: %s", (_, line, fields) => {
  expect(dnsOf(line)).toEqual(fields);
  expect(fieldsOfText(`<30>Nov 28 19:00:00 ns1 ${line}`)).toEqual(fields);
});
