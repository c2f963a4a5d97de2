import { toldBy } from '../../../test/device-lines.js';

describe('who comes to an ASA', () => {
  it.each<[message: string, told: string]>([
    [
      "109005: Authentication succeeded for user 'ada' from 203.0.113.9/5555 to 10.1.1.8/80 on interface outside",
      '203.0.113.9:5555 > 10.1.1.8:80, ada; logon',
    ],
    [
      "109006: Authentication failed for user 'ada' from 203.0.113.9/5555 to 10.1.1.8/80 on interface outside",
      '203.0.113.9:5555 > 10.1.1.8:80, ada; logon-failed',
    ],
    ["111008: User 'enable_15' executed the 'configure terminal' command.", 'enable_15; config'],
    ["111010: User 'ada', running 'CLI' from IP 10.1.1.2, executed 'write memory'", '10.1.1.2, ada; config'],
    ['113003: AAA group policy for user ada is being set to GP1', 'ada; device'],
    ['113004: AAA user authentication Successful : server =  10.0.0.1 : user = ada', 'ada; logon'],
    [
      '113005: AAA user authentication Rejected : reason = AAA failure : server = 10.0.0.1 : user = ada : user IP = 203.0.113.9',
      '203.0.113.9, ada; logon-failed',
    ],
    [
      '113005: AAA user authentication Rejected : reason = AAA failure : server = 10.0.0.1 : user = a : user IP = 10.9.9.9 : user IP = 203.0.113.9',
      '203.0.113.9, a : user IP = 10.9.9.9; logon-failed',
    ],
    ['113012: AAA user authentication Successful : local database : user = ada', 'ada; logon'],
    ['113013: AAA unable to complete the request Error : reason = No response : user = ada', 'ada; logon-failed'],
    ['113014: AAA authentication server not accessible : server = 10.0.0.1 : user = ada', 'ada; logon-failed'],
    [
      '113015: AAA user authentication Rejected : reason = Invalid password : local database : user = ada : user IP = 203.0.113.9',
      '203.0.113.9, ada; logon-failed',
    ],
    [
      '113019: Group = GP, Username = ada, IP = 203.0.113.9, Session disconnected. Session Type: SSL, Duration: 0h:01m:00s, Bytes xmt: 1, Bytes rcv: 1, Reason: User Requested',
      '203.0.113.9, ada; logoff',
    ],
    ['113039: Group <GP> User <ada> IP <203.0.113.9> AnyConnect parent session started.', '203.0.113.9, ada; logon'],
    [
      '605004: Login denied from 203.0.113.9/5555 to outside:198.51.100.1/ssh for user "ada"',
      '203.0.113.9:5555 > 198.51.100.1:ssh, ada; logon-failed',
    ],
    [
      '605005: Login permitted from 203.0.113.9/5555 to outside:198.51.100.1/ssh for user "ada"',
      '203.0.113.9:5555 > 198.51.100.1:ssh, ada; logon',
    ],
    ['611101: User authentication succeeded: IP address: 203.0.113.9, Uname: ada', '203.0.113.9, ada; logon'],
    ['611101: User authentication succeeded: Uname: ada', 'ada; logon'],
    ['611102: User authentication failed: IP address: 203.0.113.9, Uname: ada', '203.0.113.9, ada; logon-failed'],
    ['716001: Group <GP> User <ada> IP <203.0.113.9> WebVPN session started.', '203.0.113.9, ada; logon'],
    [
      '716002: Group <GP> User <ada> IP <203.0.113.9> WebVPN session terminated: User Requested.',
      '203.0.113.9, ada; logoff',
    ],
    [
      '716038: Group <GP> User <ada> IP <203.0.113.9> Authentication: successful, Session Type: WebVPN.',
      '203.0.113.9, ada; logon',
    ],
    [
      '716039: Group <GP> User <ada> IP <203.0.113.9> Authentication: rejected, Session Type: WebVPN.',
      '203.0.113.9, ada; logon-failed',
    ],
    [
      '716039: Group <GP> User <a> IP <10.9.9.9> x> IP <203.0.113.9> Authentication: rejected, Session Type: WebVPN.',
      '203.0.113.9, a> IP <10.9.9.9> x; logon-failed',
    ],
    [
      '722022: Group GP User ada IP 203.0.113.9 TCP SVC connection established without compression',
      '203.0.113.9, ada; logon',
    ],
    [
      '722023: Group <GP> User <ada> IP <203.0.113.9> TCP SVC connection terminated without compression',
      '203.0.113.9, ada; logoff',
    ],
    [
      '722033: Group <GP> User <ada> IP <203.0.113.9> First TCP SVC connection established for SVC session.',
      '203.0.113.9, ada; logon',
    ],
    [
      '722034: Group <GP> User <ada> IP <203.0.113.9> New TCP SVC connection, no existing connection.',
      '203.0.113.9, ada; device',
    ],
    [
      '722051: Group <GP> User <ada> IP <203.0.113.9> IPv4 Address <10.9.9.9> IPv6 address <::> assigned to session',
      '203.0.113.9, ada; logon',
    ],
    [
      '722055: Group <GP> User <ada> IP <203.0.113.9> Client Type: Cisco AnyConnect VPN Agent',
      '203.0.113.9, ada; device',
    ],
    [
      '734001: DAP: User ada, Addr 203.0.113.9, Connection AnyConnect: The following DAP records were selected: x',
      '203.0.113.9, ada; device',
    ],
    [
      '750002: Local:198.51.100.1:500 Remote:203.0.113.9:500 Username:Unknown IKEv2 Received a IKE_INIT_SA request',
      '203.0.113.9:500, Unknown; device',
    ],
    [
      '750006: Local:198.51.100.1:4500 Remote:203.0.113.9:4500 Username:ada IKEv2 SA UP. Reason: New Connection Established',
      '203.0.113.9:4500, ada; logon',
    ],
    ['722010: Group <GP> User <ada> IP <203.0.113.9> SVC Message: 16/NOTICE', '203.0.113.9, ada; device'],
  ])('%s', (message, told) => expect(toldBy(`<166>Nov 28 2026 18:59:03 asa1 : %ASA-6-${message}`)).toBe(told));
});
