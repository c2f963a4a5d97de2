import { toldBy } from '../../../test/device-lines.js';

describe('switches and routers of Cisco', () => {
  it.each<[message: string, told: string]>([
    ['SYS-5-CONFIG_I: Configured from console by ada on vty0 (10.1.1.2)', '10.1.1.2, ada; config'],
    ['SYS-5-CONFIG_I: Configured from console by console', 'config'],
    ['VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty by ada on 10.1.1.2@pts/0', '10.1.1.2, ada; config'],
    ['PARSER-5-CFGLOG_LOGGEDCMD: User:ada  logged command:interface Gi0/1', 'ada; config'],
    ['SYS-6-LOGOUT: User ada has exited tty session 4(10.1.1.2)', '10.1.1.2, ada; logoff'],
    [
      'SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: ada] [Source: 203.0.113.9] [localport: 22] [Reason: Login Authentication Failed] at 18:59:17 UTC',
      '203.0.113.9, ada; logon-failed',
    ],
    [
      'SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: a] [Source: 10.9.9.9] [Source: 203.0.113.9] [localport: 22] at 18:59:17 UTC',
      '203.0.113.9, a] [Source: 10.9.9.9; logon-failed',
    ],
    [
      'SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: ] [Source: 203.0.113.9] [localport: 22] at 18:59:17 UTC',
      '203.0.113.9; logon-failed',
    ],
    [
      'SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: ada] [Source: 10.1.1.2] [localport: 22] at 18:59:17 UTC',
      '10.1.1.2, ada; logon',
    ],
    [
      "SSH-5-SSH2_USERAUTH: User 'ada' authentication for SSH2 Session from 10.1.1.2 (tty = 0) using crypto cipher 'aes', hmac 'sha' Failed",
      '10.1.1.2, ada; logon-failed',
    ],
    [
      "DMI-5-AUTH_PASSED: R0/0: dmiauthd: User 'ada' authenticated successfully from 10.1.1.2:5279 and was authorized for netconf",
      '10.1.1.2:5279, ada; logon',
    ],
    ['SNMP-3-AUTHFAIL: Authentication failure for SNMP req from host 203.0.113.9', '203.0.113.9; logon-failed'],
    [
      'SEC-6-IPACCESSLOGP: list 101 denied tcp 203.0.113.9(4444) -> 10.1.1.9(22), 1 packet',
      '203.0.113.9:4444 > 10.1.1.9:22; denied',
    ],
    [
      'SEC-6-IPACCESSLOGDP: list 101 permitted icmp 203.0.113.9 (GigabitEthernet0/1 0011.2233.4455) -> 10.1.1.9 (8/0), 1 packet',
      '203.0.113.9 > 10.1.1.9; permitted',
    ],
    ['SEC-6-IPACCESSLOGS: list 23 denied 203.0.113.9 1 packet', '203.0.113.9; denied'],
    [
      'FMANFP-6-IPACCESSLOGP: F0: fman_fp_image:  list OUT denied tcp 203.0.113.9(4444) -> 10.1.1.9(22), 1 packet',
      '203.0.113.9:4444 > 10.1.1.9:22; denied',
    ],
    [
      'IPV6_ACL-6-ACCESSLOGP: list V6/10 denied tcp 2001:db8::9(4444) -> 2001:db8:1::9(22), 1 packet',
      '2001:db8::9:4444 > 2001:db8:1::9:22; denied',
    ],
    [
      'AUTHMGR-5-FAIL: Authorization failed for client (0011.2233.4455) on Interface Gi1/0/1 AuditSessionID 0A',
      'logon-failed',
    ],
    [
      'DOT1X-5-FAIL: Authentication failed for client (0011.2233.4455) on Interface Gi1/0/1 AuditSessionID 0A',
      'logon-failed',
    ],
    ["AUTHMGR-5-START: Starting 'dot1x' for client (0011.2233.4455) on Interface Gi1/0/1 AuditSessionID 0A", 'device'],
    [
      'PORT_SECURITY-2-PSECURE_VIOLATION: Security violation occurred, caused by MAC address 0011.2233.4455 on port Gi0/1.',
      'detection',
    ],
    ['LINK-3-UPDOWN: Interface Gi0/1, changed state to down', 'device'],
    ['LINEPROTO-5-UPDOWN: Line protocol on Interface Gi0/1, changed state to up', 'device'],
    ['ETHPORT-5-IF_DOWN_LINK_FAILURE: Interface Ethernet1/1 is down (Link failure)', 'device'],
    [
      'AUTHPRIV-3-SYSTEM_MSG: pam_aaa:Authentication failed from 203.0.113.9 - dcos_sshd[123]',
      '203.0.113.9; logon-failed',
    ],
    [
      'ACLLOG-5-ACLLOG_FLOW_INTERVAL: Src IP: 10.1.1.1, Dst IP: 203.0.113.9, Src Port: 5, Dst Port: 53, Src Intf: Ethernet4/1, Protocol: "UDP"(17), Hit-count = 2',
      '10.1.1.1:5 > 203.0.113.9:53',
    ],
    ['OSPF-5-ADJCHG: Process 1, Nbr 10.0.0.2 on Gi0/0 from FULL to DOWN', ''],
  ])('%s', (message, told) => expect(toldBy(`<189>45: rtr1: *Nov 28 18:59:04.123 UTC: %${message}`)).toBe(told));
});

it.each([
  '<189>1234: .Nov 28 18:59:04.123: ',
  '<189>Nov 28 18:59:04 sw1 1234: *Nov 28 18:59:04.123: ',
  '<189>: 2026 Nov 28 18:59:04.123 UTC: ',
  '<189>nx1: 2026 Nov 28 18:59:04 UTC: ',
  '',
])('are read behind any header: "%s"', (header) =>
  expect(toldBy(`${header}%SYS-5-CONFIG_I: Configured from console by ada on vty0 (10.1.1.2)`)).toBe(
    '10.1.1.2, ada; config',
  ),
);
