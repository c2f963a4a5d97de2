import { fieldsOfText } from '../index.js';
import { dnsOf } from './index.js';

const ASKED = { src_ip: '10.0.0.5', query: 'a.example', record_type: 'A' };
const DOTTED = { src_ip: '10.0.0.5', query: 'a.example.', record_type: 'A' };
const COUNTED = { 'derived.time': '2026-11-28T19:00:00.000Z' };

describe("lines of resolvers' logs", () => {
  it.each<[string, string, object]>([
    ['Unbound', '[1795892400] unbound[123:0] info: 10.0.0.5 a.example. A IN', { ...COUNTED, ...DOTTED }],
    ['Unbound by syslog', '[123:0] query: 10.0.0.5 a.example. A IN', DOTTED],
    [
      'Unbound, a reply',
      '[1795892400] unbound[123:0] reply: 10.0.0.5 a.example. A IN NXDOMAIN 0.001 0 60',
      { ...COUNTED, ...DOTTED, response_code: 'NXDOMAIN' },
    ],
    [
      'Unbound, a policy',
      '[1795892400] unbound[123:0] info: rpz: applied [bad] a.example. rpz-nxdomain 10.0.0.5@5353 a.example. A IN',
      { ...COUNTED, ...DOTTED, src_port: '5353', action: 'rpz-nxdomain' },
    ],
    [
      'Unbound, a zone of its own',
      '[123:0] info: example. always_refuse 10.0.0.5@5353 a.example. A IN',
      { ...DOTTED, src_port: '5353', action: 'always_refuse' },
    ],
    ['dnsmasq', 'query[A] a.example from 10.0.0.5', ASKED],
    ['dnsmasq that says more', '12 10.0.0.5/5353 query[A] a.example from 10.0.0.5', { ...ASKED, src_port: '5353' }],
    [
      'dnsmasq, an answer',
      '12 10.0.0.5/5353 reply a.example is 192.0.2.9',
      { src_ip: '10.0.0.5', src_port: '5353', query: 'a.example', answer: '192.0.2.9' },
    ],
    ['dnsmasq, no answer', 'cached a.example is NXDOMAIN', { query: 'a.example', response_code: 'NXDOMAIN' }],
    ['dnsmasq, another name', 'reply a.example is <CNAME>', { query: 'a.example', answer: '<CNAME>' }],
    ['dnsmasq, onwards', 'forwarded a.example to 192.0.2.53', { query: 'a.example', dst_ip: '192.0.2.53' }],
    [
      'Pi-hole, blocked',
      'gravity blocked a.example is 0.0.0.0',
      { query: 'a.example', answer: '0.0.0.0', action: 'blocked' },
    ],
    [
      'CoreDNS',
      '[INFO] 10.0.0.5:5353 - 4321 "A IN a.example. udp 41 false 512" NXDOMAIN qr,rd,ra 106 0.001s',
      { ...DOTTED, src_port: '5353', response_code: 'NXDOMAIN' },
    ],
    [
      'CoreDNS over IPv6',
      '[INFO] [2001:db8::5]:5353 - 4321 "AAAA IN a.example. tcp 41 false 512" NOERROR qr 106 0.001s',
      { src_ip: '2001:db8::5', src_port: '5353', query: 'a.example.', record_type: 'AAAA', response_code: 'NOERROR' },
    ],
    [
      'PowerDNS, its recursor',
      "3 [1418626328/2] question for 'a.example|A' from 10.0.0.5:5353 (ecs 10.0.0.0/24)",
      { ...ASKED, src_port: '5353' },
    ],
    ['PowerDNS, its server', "Remote 10.0.0.5 wants 'a.example|A', do = 0, bufsize = 512: packetcache MISS", ASKED],
    [
      'Windows, a question',
      '11/28/2026 7:00:00 PM 0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv 10.0.0.5       1a2b   Q [0001   D   NOERROR] A      (1)a(7)example(0)',
      { ...ASKED, 'derived.time': '2026-11-28T19:00:00' },
    ],
    [
      'Windows, an answer',
      '28/11/2026 19:00:00 0AB4 PACKET  000002A5D1E0B3F0 UDP Snd 10.0.0.5       1a2b R Q [8385 A DR NXDOMAIN] A      (1)a(7)example(0)',
      { ...ASKED, 'derived.time': '2026-11-28T19:00:00', response_code: 'NXDOMAIN' },
    ],
    [
      'Windows, what it asks itself',
      '2026-11-28 19:00:00 0AB4 PACKET  000002A5D1E0B3F0 UDP Snd 8.8.8.8       1a2b   Q [0001   D   NOERROR] A      (1)a(7)example(0)',
      { 'derived.time': '2026-11-28T19:00:00', dst_ip: '8.8.8.8', query: 'a.example', record_type: 'A' },
    ],
    [
      'Windows, a day that may be a month',
      '05/06/2026 19:00:00 0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv 10.0.0.5       1a2b   Q [0001   D   NOERROR] A      (1)a(7)example(0)',
      { ...ASKED, 'derived.time': '05/06/2026 19:00:00' },
    ],
    [
      'Windows, a label that is not as long as it says',
      '28.11.2026 19:00:00 0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv 10.0.0.5       1a2b   Q [0001   D   NOERROR] A      (3)a(7)example(0)',
      { 'derived.time': '2026-11-28T19:00:00', src_ip: '10.0.0.5', record_type: 'A' },
    ],
    [
      'Umbrella',
      '"2026-11-28 19:00:00","ada","ada,Site","10.0.0.5","203.0.113.1","Blocked","1 (A)","NOERROR","a.example.","Malware"',
      { ...DOTTED, 'derived.time': '2026-11-28T19:00:00+00:00', action: 'Blocked', response_code: 'NOERROR' },
    ],
    [
      'Route 53, a public zone',
      '1.0 2026-11-28T19:00:00.123Z Z123412341234 a.example A NOERROR UDP FRA6 10.0.0.5 -',
      { ...ASKED, 'derived.time': '2026-11-28T19:00:00.123Z', response_code: 'NOERROR' },
    ],
    [
      'Zeek without its header',
      '1795892400.123456\tCHhAvVGS1DHFjwGM9\t10.0.0.5\t5353\t10.0.0.53\t53\tudp\t1\t0.01\ta.example\t1\tC_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\t192.0.2.9\t60.0\tF',
      {
        ...ASKED,
        'derived.time': '2026-11-28T19:00:00.123Z',
        src_port: '5353',
        dst_ip: '10.0.0.53',
        response_code: 'NOERROR',
        answer: '192.0.2.9',
      },
    ],
  ])('say who asked what: %s', (_, line, fields) => {
    expect(dnsOf(line)).toEqual(fields);
    // A time that begins a line is its header's.
    expect(fieldsOfText(`<30>Nov 28 19:00:00 ns1 ${line}`)).toEqual(fields);
  });

  it.each([
    'query[A] a.example from 10.9.9.9 x from 10.0.0.5',
    'somebody wrote: query[A] a.example from 10.0.0.5',
    'reply of the manager is late',
    '[1795892400] unbound[123:0] info: start of service (unbound 1.19.0).',
    '[123:0] info: 10.0.0.5 a b. A IN',
    'client of ours: query: a.example IN A +',
    '[INFO] plugin/reload: Running configuration SHA512 = 1',
    '28/11/2026 19:00:00 0AB4 EVENT   The DNS server has started.',
  ])('say nothing where it is another text, or one that a name could have made: %s', (line) =>
    expect(dnsOf(line)).toBeUndefined(),
  );
});
