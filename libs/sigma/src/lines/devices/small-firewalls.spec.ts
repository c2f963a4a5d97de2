import { toldBy } from '../../../test/device-lines.js';

const SIDES = '203.0.113.9:5555 > 10.1.1.8:22';

describe('firewalls of small offices', () => {
  it.each<[device: string, line: string, told: string]>([
    [
      'RouterOS',
      '<38>Nov 28 18:59:14 mt system,error,critical login failure for user ada from 203.0.113.9 via ssh',
      '203.0.113.9, ada; logon-failed',
    ],
    ['RouterOS', 'system,info,account user ada logged in from 203.0.113.9 via winbox', '203.0.113.9, ada; logon'],
    ['RouterOS', 'system,info,account user ada logged out from 203.0.113.9 via winbox', '203.0.113.9, ada; logoff'],
    [
      'RouterOS',
      'login failure for user a from 10.9.9.9 via ssh from 203.0.113.9 via ssh',
      '203.0.113.9, a from 10.9.9.9 via ssh; logon-failed',
    ],
    [
      'RouterOS',
      'firewall,info drop-ping input: in:ether1 out:(unknown 0), src-mac 00:11:22:33:44:55, proto ICMP (type 8, code 0), 203.0.113.9->10.1.1.8, len 84',
      '203.0.113.9 > 10.1.1.8; drop',
    ],
    [
      'WatchGuard',
      '<140>Nov 28 18:59:12 wg firewall: msg_id="3000-0148" Deny 0-External 1-Trusted 52 tcp 20 127 203.0.113.9 10.1.1.8 5555 22 offset 8 S 123 win 32 (Unhandled External Packet-00)',
      `${SIDES}; deny`,
    ],
    [
      'WatchGuard',
      '2026-11-28T18:59:01.55+00:00 wg 80D802B41D509 wg firewall: msg_id="3000-0148" Allow WAN - A Firebox 73 udp 20 64 203.0.113.9 10.1.1.8 5555 22  geo_dst="USA"  (DNS-00)',
      `${SIDES}; allow`,
    ],
    [
      'WatchGuard',
      '<140>Nov 28 18:59:12 wg (2026-11-28T18:59:12) firewall: msg_id="3000-0148" Deny 0-External 1-Trusted 84 icmp 20 127 203.0.113.9 10.1.1.8 8 0 (x)',
      '203.0.113.9 > 10.1.1.8; deny',
    ],
    [
      'WatchGuard',
      '<142>Nov 28 18:59:12 wg http-proxy[2222]: msg_id="1AFF-0024" Allow 1-Trusted 0-External tcp 203.0.113.9 10.1.1.8 5555 22 msg="HTTP Request" dstname="x src 10.9.9.9"',
      `${SIDES}; allow`,
    ],
    [
      'WatchGuard',
      '<142>Nov 28 18:59:12 wg admd[2222]: msg_id="1100-0005" Authentication of Firewall user [ada@Firebox-DB] from 203.0.113.9 was rejected, user has wrong password',
      '203.0.113.9, ada@Firebox-DB; logon-failed',
    ],
    [
      'WatchGuard',
      '<142>Nov 28 18:59:12 wg sessiond[2222]: msg_id="3E00-0002" Management user ada@Firebox-DB from 10.1.1.2 logged in',
      '10.1.1.2, ada@Firebox-DB; logon',
    ],
    [
      'WatchGuard',
      '<142>Nov 28 18:59:12 wg sslvpn[2222]: msg_id="2500-0000" Mobile VPN with SSL user ada logged in. Virtual IP address is 10.9.9.2. Real IP address is 203.0.113.9.',
      '203.0.113.9, ada; logon',
    ],
    [
      'Barracuda',
      '<14>Nov 28 18:59:18 cgf box_Firewall_Activity: Info CGF Deny: FWD|TCP|eth0|203.0.113.9|5555|00:11|10.1.1.8|22|ssh||BLOCKALL|4002',
      `${SIDES}; deny`,
    ],
    [
      'Barracuda',
      '<14>Nov 28 18:59:18 cgf cgf/box_Firewall_Activity:  Info     cgf Remove: type=FWD|proto=TCP|srcIF=eth1|srcIP=203.0.113.9|srcPort=5555|srcMAC=x|dstIP=10.1.1.8|dstPort=22|user=ada|target=srcIP=10.9.9.9',
      `${SIDES}, ada; close`,
    ],
    [
      'Meraki',
      '<134>1 1795892353.5 MX84 flows src=10.1.1.8 dst=203.0.113.9 mac=00:11 protocol=tcp sport=50003 dport=443 pattern: allow all',
      '10.1.1.8 > 203.0.113.9; allow',
    ],
    [
      'Meraki',
      '<134>Nov 28 18:59:13 MX84 1795892353.123456789 MX84 flows deny src=10.1.1.8 dst=203.0.113.9 protocol=tcp sport=50003 dport=443',
      '10.1.1.8 > 203.0.113.9; deny',
    ],
    [
      'Meraki',
      '<134>1 1795892353.5 MX84 security_event ids_alerted signature=1:2:3 priority=1 protocol=tcp/ip src=203.0.113.9:5555 dst=10.1.1.8:22 message: x',
      `${SIDES}; detection`,
    ],
    [
      'Meraki',
      "<134>1 1795892353.5 MX84 urls src=10.1.1.8:50003 dst=203.0.113.9:80 mac=00:11 agent='x pattern: deny all' request: GET http://evil.example/",
      '10.1.1.8:50003 > 203.0.113.9:80; web',
    ],
  ])('%s: %s', (_, line, told) => expect(toldBy(line)).toBe(told));
});
