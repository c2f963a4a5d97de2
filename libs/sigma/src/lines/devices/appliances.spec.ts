import { toldBy } from '../../../test/device-lines.js';

const SIDES = '203.0.113.9:5555 > 10.1.1.8:22';

describe('gateways and routers', () => {
  it.each<[device: string, line: string, told: string]>([
    [
      'NetScaler',
      '<142>Nov 28 18:59:19 ns1 default SSLVPN LOGIN 12345 0 :  Context ada@203.0.113.9 - SessionId: 5 - User ada - Client_ip 203.0.113.9 - Nat_ip "Mapped Ip" - Vserver 198.51.100.9:443',
      '203.0.113.9, ada; logon',
    ],
    [
      'NetScaler',
      'Nov 28 18:59:19 10.0.0.9  11/28/2026:18:59:19 GMT ns1 0-PPE-0 : default SSLVPN LOGOUT 12345 0 : Context ada@203.0.113.9 - SessionId: 5 - User ada - Client_ip 203.0.113.9 - Nat_ip "Mapped Ip"',
      '203.0.113.9, ada; logoff',
    ],
    [
      'NetScaler',
      '<134> 11/28/2026:18:59:19 GMT ns1 0-PPE-1 : default AAA LOGIN_FAILED 710 0 :  User ada - Client_ip 203.0.113.9 - Failure_reason "External authentication server denied access"',
      '203.0.113.9, ada; logon-failed',
    ],
    [
      'NetScaler',
      'Nov 28 18:59:19 10.0.0.9  11/28/2026:18:59:19 GMT ns1 0-PPE-0 : default CLI CMD_EXECUTED 5 0 : User ada - Remote_ip 10.1.1.2 - Command "show ns ip" - Status "Success"',
      '10.1.1.2, ada; config',
    ],
    [
      'Huawei',
      '<190>Nov 28 2026 18:59:20 USG6600 %%01POLICY/6/POLICYDENY(l):vsys=public, protocol=6, source-ip=203.0.113.9, source-port=5555, destination-ip=10.1.1.8, destination-port=22, rule-name=x.',
      'deny',
    ],
    [
      'H3C',
      '<190>Nov 28 18:59:20 2026 H3C %%10FILTER/6/FILTER_ZONE_IPV4_EXECUTION: SrcZoneName(1025)=U;DstZoneName(1035)=T;Protocol(1001)=TCP;SrcIPAddr(1003)=203.0.113.9;SrcPort(1004)=5555;DstIPAddr(1007)=10.1.1.8;DstPort(1008)=22;Event(1048)=Permit;',
      'permit',
    ],
    [
      'H3C',
      '<190>Nov 28 18:59:20 2026 H3C %%10SHELL/5/SHELL_LOGIN: ada logged in from 10.1.1.2.',
      '10.1.1.2, ada; logon',
    ],
    [
      'Huawei',
      '<190>Nov 28 2026 18:59:20 USG %%01SSH/4/SSH_FAIL(s)[12]:The SSH user failed to log in. (ServiceType=stelnet, UserName=ada, UserAddress=x, IPAddress=203.0.113.9, VpnInstanceName=_public_)',
      '203.0.113.9, ada; logon-failed',
    ],
    [
      'Aruba',
      '<142>Nov 28 18:59:20 2026 mc1 authmgr[3853]: <522008> <3853> <NOTI> <mc1 10.1.1.5>  User Authentication Successful: username=ada MAC=00:11:22:33:44:55 IP=10.1.1.8 role=staff VLAN=1 AP=ap1',
      '10.1.1.8, ada; logon',
    ],
    [
      'F5',
      '<141>Nov 28 18:59:20 lb1 notice tmm3[31526]: 01490500:5: /Common/vpn:Common:252f6b65: New session from client IP 203.0.113.9 (ST=/CC=/C=) at VIP 198.51.100.9 Listener /Common/x (Reputation=Unknown)',
      '203.0.113.9 > 198.51.100.9; device',
    ],
    [
      'F5',
      "<142>Nov 28 18:59:20 lb1 info apd[18544]: 01490017:6: 49dc878f: AD agent: Auth (logon attempt:0): authenticate with 'ada' successful",
      'ada; logon',
    ],
    [
      'Junos',
      "<38>Nov 28 18:59:20 srx1 mgd[77]: UI_LOGIN_EVENT: User 'ada' login, class 'j-super-user' [77], ssh-connection '10.1.1.2 5 10.1.1.1 22', client-mode 'cli'",
      '10.1.1.2, ada; logon',
    ],
    [
      'Junos',
      '<38>Nov 28 18:59:20 srx1 sshd[77]: SSHD_LOGIN_FAILED: Login failed for user ada from host 203.0.113.9',
      '203.0.113.9, ada; logon-failed',
    ],
    [
      'pfSense',
      '<134>1 2026-11-28T18:59:08+00:00 gw filterlog 55555 - [meta sequenceId="7"] 5,,,1000000103,igb1,match,block,in,4,0x0,,64,0,0,DF,6,tcp,60,203.0.113.9,10.1.1.8,5555,22,0,S,1',
      `${SIDES}; block`,
    ],
    [
      'pfSense',
      '<134>Nov 28 18:59:08 gw filterlog[5]: 5,,,1000000103,igb1,match,block,in,4,0x0,,64,0,0,DF,1,icmp,60,203.0.113.9,10.1.1.8,request,1,2',
      '203.0.113.9 > 10.1.1.8; block',
    ],
  ])('%s: %s', (_, line, told) => expect(toldBy(line)).toBe(told));
});
