import { toldBy } from '../../../test/device-lines.js';

const OUTBOUND = '10.1.1.8:50003 > 203.0.113.9:443';
const INBOUND = '203.0.113.9:5555 > 10.1.1.8:22';

describe('what an ASA turns away, or lets through and says so', () => {
  it.each<[message: string, told: string]>([
    [
      'ASA-2-106001: Inbound TCP connection denied from 203.0.113.9/5555 to 10.1.1.8/22 flags SYN  on interface outside',
      `${INBOUND}; deny`,
    ],
    ['ASA-2-106006: Deny inbound UDP from 203.0.113.9/5555 to 10.1.1.8/22 on interface outside', `${INBOUND}; deny`],
    ['ASA-2-106007: Deny inbound UDP from 203.0.113.9/5555 to 10.1.1.8/22 due to DNS Query', `${INBOUND}; deny`],
    ['ASA-3-106010: Deny inbound tcp src outside:203.0.113.9/5555 dst inside:10.1.1.8/22', `${INBOUND}; deny`],
    [
      'ASA-3-106014: Deny inbound icmp src outside:203.0.113.9 dst inside:10.1.1.8 (type 8, code 0)',
      '203.0.113.9 > 10.1.1.8; deny',
    ],
    [
      'ASA-6-106015: Deny TCP (no connection) from 203.0.113.9/5555 to 10.1.1.8/22 flags RST  on interface outside',
      `${INBOUND}; deny`,
    ],
    ['ASA-2-106016: Deny IP spoof from (203.0.113.9) to 10.1.1.8 on interface outside', '203.0.113.9 > 10.1.1.8; deny'],
    [
      'ASA-1-106021: Deny TCP reverse path check from 203.0.113.9 to 10.1.1.8 on interface outside',
      '203.0.113.9 > 10.1.1.8; deny',
    ],
    [
      'ASA-4-106023: Deny tcp src outside:203.0.113.9/5555 dst inside:10.1.1.8/22 by access-group "outside_in" [0x0, 0x0]',
      `${INBOUND}; deny`,
    ],
    [
      String.raw`ASA-4-106023: Deny tcp src inside:10.1.1.8/50003(LOCAL\ada) dst outside:203.0.113.9/443 by access-group "x" [0x0, 0x0]`,
      `${OUTBOUND}, ada; deny`,
    ],
    [
      'ASA-4-106023: Deny icmp src outside:203.0.113.9 dst inside:10.1.1.8 (type 3, code 3) by access-group "x" [0x0, 0x0]',
      '203.0.113.9 > 10.1.1.8; deny',
    ],
    [
      'ASA-6-106100: access-list a denied tcp outside/203.0.113.9(5555) -> inside/10.1.1.8(22) hit-cnt 1 first hit [0x0, 0x0]',
      `${INBOUND}; denied`,
    ],
    [
      'ASA-6-106100: access-list a est-allowed tcp inside/10.1.1.8(50003) -> outside/203.0.113.9(443) hit-cnt 1',
      `${OUTBOUND}; est-allowed`,
    ],
    [
      "ASA-6-106102: access-list a permitted tcp for user 'ada' inside/10.1.1.8(50003) -> outside/203.0.113.9(443) hit-cnt 1",
      `${OUTBOUND}, ada; permitted`,
    ],
  ])('%s', (message, told) => expect(toldBy(`<166>Nov 28 2026 18:59:03 asa1 : %${message}`)).toBe(told));
});
