import type { JsonObject } from '../../json.js';
import { finds, labels } from '../../../test/source-fields.js';

it('is a category without a product', () => expect(labels('dns', { query: 'a' })).toEqual(['/dns', '/network']));

describe('a question', () => {
  it.each<[string, JsonObject]>([
    ['Route 53', { query_name: 'x.evil.example.', query_type: 'TXT', rcode: 'NXDOMAIN', srcaddr: '10.1.2.3' }],
    [
      'Google Cloud',
      {
        jsonPayload: { queryName: 'x.evil.example.', queryType: 'TXT', responseCode: 'NXDOMAIN', sourceIP: '10.1.2.3' },
      },
    ],
    [
      "Windows' events",
      {
        EventID: 257,
        Destination: '10.1.2.3',
        InterfaceIP: '10.1.1.1',
        QNAME: 'x.evil.example.',
        QTYPE: '16',
        RCODE: '3',
      },
    ],
    [
      "Windows' events by Winlogbeat",
      {
        winlog: {
          event_id: 258,
          event_data: { Destination: '10.1.2.3', QNAME: 'x.evil.example.', QTYPE: '16', RCODE: '3' },
        },
      },
    ],
    ['Cloudflare', { QueryName: 'x.evil.example', QueryType: 16, RCode: 3, SrcIP: '10.1.2.3' }],
    [
      'Umbrella',
      { 'Internal IP': '10.1.2.3', 'Query Type': '16 (TXT)', 'Response Code': 'NXDOMAIN', Domain: 'x.evil.example.' },
    ],
    ['AdGuard', { QH: 'x.evil.example', QT: 'TXT', IP: '10.1.2.3', rcode: 'NXDOMAIN' }],
    [
      'DNS-collector',
      {
        network: { 'query-ip': '10.1.2.3', 'query-port': '5353' },
        dns: { qname: 'x.evil.example', qtype: 'TXT', rcode: 'NXDOMAIN' },
      },
    ],
    [
      'dnstap as text',
      {
        type: 'MESSAGE',
        message: {
          query_address: '10.1.2.3',
          response_message:
            ';; opcode: QUERY, status: NXDOMAIN, id: 1\n;; flags: qr rd;\n\n;; QUESTION SECTION:\n;x.evil.example.\tIN\t TXT\n',
        },
      },
    ],
    [
      'Zeek',
      { 'id.orig_h': '10.1.2.3', query: 'x.evil.example', qtype: 16, qtype_name: 'TXT', rcode_name: 'NXDOMAIN' },
    ],
    [
      'Suricata',
      {
        event_type: 'dns',
        src_ip: '10.1.2.3',
        dns: { type: 'answer', rrname: 'x.evil.example', rrtype: 'TXT', rcode: 'NXDOMAIN' },
      },
    ],
    [
      'Packetbeat',
      {
        type: 'dns',
        client: { ip: '10.1.2.3' },
        dns: { question: { name: 'x.evil.example', type: 'TXT' }, response_code: 'NXDOMAIN' },
      },
    ],
    ['Unbound', { message: '[123:0] reply: 10.1.2.3 x.evil.example. TXT IN NXDOMAIN 0.1 0 60' }],
  ])('has the names that rules use, whoever wrote it: %s', (_, event) => {
    for (const [field, value] of [
      ['query|endswith', '.evil.example'],
      ['QueryName', 'x.evil.example'],
      ['record_type', 'TXT'],
      ['response_code', 'NXDOMAIN'],
      ['src_ip', '10.1.2.3'],
    ] as const)
      expect({ field, is: finds({ category: 'dns' }, field, value, 'dns', event) }).toEqual({ field, is: true });
  });
  it('is also found as it was written', () => {
    expect(finds({ category: 'dns' }, 'query', 'a.example.', 'dns', { query_name: 'a.example.' })).toBe(true);
    expect(finds({ category: 'dns' }, 'QueryType', '16', 'dns', { QueryType: 16 })).toBe(true);
  });
});

it.each<[string, JsonObject]>([
  ['of a list of objects', { query_name: 'a', answers: [{ Rdata: '192.0.2.9', Type: 'A' }] }],
  ['of a list', { query: 'a', answers: ['b.example', '192.0.2.9'] }],
  ['of ECS', { dns: { answers: [{ data: '192.0.2.9' }] } }],
  ['of Suricata', { dns: { answers: [{ rrname: 'a', rdata: '192.0.2.9' }] } }],
  ['of Vector', { responseData: { answers: [{ rData: '192.0.2.9' }] } }],
])('an answer is found: %s', (_, event) =>
  expect(finds({ category: 'dns' }, 'answer', '192.0.2.9', 'dns', event)).toBe(true),
);
