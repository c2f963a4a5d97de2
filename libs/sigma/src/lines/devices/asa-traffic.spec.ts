import { toldBy } from '../../../test/device-lines.js';

const OUTBOUND = '10.1.1.8:50003 > 203.0.113.9:443';
const INBOUND = '203.0.113.9:5555 > 10.1.1.8:22';

describe('traffic at an ASA', () => {
  it.each<[message: string, told: string]>([
    [
      'ASA-6-302013: Built outbound TCP connection 1 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:10.1.1.8/50003 (198.51.100.2/50003)',
      `${OUTBOUND}; built`,
    ],
    [
      String.raw`ASA-6-302013: Built inbound TCP connection 1 for outside:203.0.113.9/5555 (203.0.113.9/5555)(LOCAL\ada) to inside:10.1.1.8/22 (198.51.100.2/22)`,
      `${INBOUND}, ada; built`,
    ],
    [
      'ASA-session-6-302014: Teardown TCP connection 1 for outside:203.0.113.9/443 to inside:10.1.1.8/50003 duration 0:00:30 bytes 5000 TCP FINs',
      `${OUTBOUND}; teardown`,
    ],
    [
      'ASA--6-302014: Teardown TCP connection 1 for outside:203.0.113.9/5555 to inside:10.1.1.8/22 duration 0:00:30 bytes 5000',
      `${INBOUND}; teardown`,
    ],
    [
      'ASA-6-302015: Built inbound UDP connection 1 for outside:2001:db8::9/5555 (2001:db8::9/5555) to inside:2001:db8:1::8/53 (2001:db8:1::8/53)',
      '2001:db8::9:5555 > 2001:db8:1::8:53; built',
    ],
    [
      'ASA-6-302016: Teardown UDP connection 1 for outside:203.0.113.9/443 to inside:10.1.1.8/50003 duration 0:02:01 bytes 97',
      `${OUTBOUND}; teardown`,
    ],
    [
      'ASA-6-302020: Built inbound ICMP connection for faddr 203.0.113.9/512 gaddr 198.51.100.2/0 laddr 10.1.1.8/0 type 8 code 0',
      '203.0.113.9 > 10.1.1.8; built',
    ],
    [
      'ASA-6-302020: Built outbound ICMP connection for faddr 203.0.113.9/0 gaddr 198.51.100.2/512 laddr 10.1.1.8/512',
      '10.1.1.8 > 203.0.113.9; built',
    ],
    [
      'ASA-6-302021: Teardown ICMP connection for faddr 203.0.113.9/512 gaddr 198.51.100.2/0 laddr 10.1.1.8/0',
      '203.0.113.9 > 10.1.1.8; teardown',
    ],
    ['ASA-5-304001: 10.1.1.8 Accessed URL 203.0.113.9:http://evil.example/x', '10.1.1.8 > 203.0.113.9; web'],
    ['ASA-5-304001: ada@10.1.1.8 Accessed URL 203.0.113.9:/x', '10.1.1.8 > 203.0.113.9, ada; web'],
    [
      'ASA-5-304002: Access denied URL http://evil.example/x SRC 10.1.1.8 DEST 203.0.113.9 on interface inside',
      '10.1.1.8 > 203.0.113.9; web deny',
    ],
    [
      'ASA-6-305011: Built dynamic TCP translation from inside:10.1.1.8/50003 to outside:198.51.100.1/50003',
      '10.1.1.8:50003; translation built',
    ],
    [
      'ASA-6-305012: Teardown dynamic TCP translation from inside:10.1.1.8/50003 to outside:198.51.100.1/50003 duration 0:00:30',
      '10.1.1.8:50003; translation teardown',
    ],
    ['ASA-3-313001: Denied ICMP type=8, code=0 from 203.0.113.9 on interface outside', '203.0.113.9; deny'],
    [
      'ASA-4-313005: No matching connection for ICMP error message: icmp src outside:203.0.113.9 dst inside:10.1.1.8 (type 3, code 3) on outside interface.',
      '203.0.113.9 > 10.1.1.8; deny',
    ],
    [
      'ASA-4-338002: Dynamic Filter monitored blacklisted TCP traffic from inside:10.1.1.8/50003 (198.51.100.1/7890) to outside:203.0.113.9/443 (203.0.113.9/443), destination 203.0.113.9 resolved from dynamic list: bad.example, threat-level: high',
      `${OUTBOUND}; detection monitored`,
    ],
    [
      'ASA-4-400013 IPS:2003 ICMP redirect from 203.0.113.9 to 10.1.1.8 on interface outside',
      '203.0.113.9 > 10.1.1.8; detection',
    ],
    [
      'ASA-7-710002: TCP access permitted from 203.0.113.9/5555 to outside:198.51.100.1/ssh',
      '203.0.113.9:5555 > 198.51.100.1:ssh; permitted',
    ],
    [
      'ASA-3-710003: TCP access denied by ACL from 203.0.113.9/5555 to outside:198.51.100.1/22',
      '203.0.113.9:5555 > 198.51.100.1:22; denied',
    ],
    [
      'ASA-7-710005: UDP request discarded from 203.0.113.9/5555 to outside:198.51.100.1/161',
      '203.0.113.9:5555 > 198.51.100.1:161; discarded',
    ],
    [
      'ASA-6-725001: Starting SSL handshake with client outside:203.0.113.9/5555 to 198.51.100.1/443 for TLS session',
      '203.0.113.9:5555 > 198.51.100.1:443',
    ],
    [
      'ASA-6-725007: SSL session with client outside:203.0.113.9/5555 to 198.51.100.1/443 terminated',
      '203.0.113.9:5555 > 198.51.100.1:443; terminated',
    ],
    ['ASA-4-733100: [ Scanning] drop rate-1 exceeded. Current burst rate is 12 per second', 'detection'],
    ['ASA-4-733101: [ 203.0.113.9] is attacking. Current burst rate is 5 per second', '203.0.113.9; detection'],
    ['ASA-3-003164: TCP access denied by ACL from 203.0.113.9/5555 to outside:10.1.1.8/22', `${INBOUND}; denied`],
    ['ASA-6-199018: Nothing of anybody', ''],
  ])('%s', (message, told) => expect(toldBy(`<166>Nov 28 2026 18:59:03 asa1 : %${message}`)).toBe(told));
});
