import { compile } from '../index.js';
import { native } from '../../test/rules.js';
import { fieldsOfText } from './index.js';

const read = (kind: 'firewall' | 'dns' | 'web-proxy', message: string, ...fields: string[]): Record<string, string> =>
  compile([]).read({ logsource: kind, native: native({ message }) }, fields);
const FLOW = { src_ip: '10.1.2.3', src_port: '4711', dst_ip: '203.0.113.9', dst_port: '445' };

describe('log lines of network devices', () => {
  it.each([
    [
      'CEF',
      '<189>Nov  2 10:00:00 fw1 CEF:0|Acme|Wall|1.0|100|a\\|b|3|act=deny src=10.1.2.3 spt=4711 dst=203.0.113.9 dpt=445 msg=two words',
      'deny',
    ],
    [
      'names and values',
      '<189>date=2026-11-02 time=10:20:00 devname="fw 1" srcip=10.1.2.3 srcport=4711 dstip=203.0.113.9 dstport=445 action="deny" msg="a b=c"',
      'deny',
    ],
    [
      'Palo Alto',
      '<14>Nov  2 10:00:00 fw2 1,2026/11/02 10:00:00,0071,TRAFFIC,end,2561,2026/11/02 10:00:00,10.1.2.3,203.0.113.9,0.0.0.0,0.0.0.0,rule-1,example\\ada,,ms-ds-smb,vsys1,trust,untrust,e1,e2,log,2026/11/02 10:00:00,99,1,4711,445,0,0,0x1c,tcp,deny,120,60,60,2',
      'deny',
    ],
    [
      'Palo Alto, with commas in names',
      '<14>Nov  2 10:00:00 fw2 1,2026/11/02 10:00:00,0071,THREAT,url,2561,2026/11/02 10:00:00,10.1.2.3,203.0.113.9,0.0.0.0,0.0.0.0,"rule, the ""first""",example\\ada,,web,vsys1,trust,untrust,e1,e2,log,2026/11/02 10:00:00,99,1,4711,445,0,0,0x1c,tcp,deny,"h.test/a,TRAFFIC,b",x',
      'deny',
    ],
    [
      'Palo Alto, decrypted',
      '<14>Nov  2 10:00:00 fw2 1,2026/11/02 10:00:00,0071,DECRYPTION,0,2561,2026/11/02 10:00:00,10.1.2.3,203.0.113.9,0.0.0.0,0.0.0.0,r,,,web,vsys1,trust,untrust,e1,e2,log,2026/11/02 10:00:00,99,1,4711,445,0,0,0x1c,tcp,allow,x',
      'allow',
    ],
    [
      'pfSense',
      '<134>Nov  2 10:00:00 fw3 filterlog[33]: 82,,,1000002666,em0,match,block,out,4,0x0,,64,1,0,DF,6,tcp,60,10.1.2.3,203.0.113.9,4711,445,0,S,1,,6400,,mss',
      'block',
    ],
    [
      'pfSense, by RFC 5424',
      '<134>1 2026-11-02T10:00:00+01:00 fw3.lan filterlog 33 - - 82,,,1000002666,em0,match,block,out,4,0x0,,64,1,0,DF,6,tcp,60,10.1.2.3,203.0.113.9,4711,445,0,S,1,,6400,,mss',
      'block',
    ],
    [
      'iptables',
      'Nov  2 10:00:00 fw5 kernel: [12345.678] IPTABLES DROP IN=eth0 OUT= MAC=aa:bb SRC=10.1.2.3 DST=203.0.113.9 LEN=60 TOS=0x00 TTL=50 ID=1 DF PROTO=TCP SPT=4711 DPT=445 WINDOW=1024 SYN URGP=0',
      'drop',
    ],
    [
      'ufw',
      'Nov  2 10:00:00 fw5 kernel: [UFW BLOCK] IN=eth0 OUT= SRC=10.1.2.3 DST=203.0.113.9 LEN=60 PROTO=TCP SPT=4711 DPT=445',
      'block',
    ],
    [
      'UniFi',
      '<4>Nov  2 10:00:00 UDM kernel: [WAN_IN-D-4000] DESCR="no SMB" IN=eth8 OUT=br0 MAC=a SRC=10.1.2.3 DST=203.0.113.9 LEN=52 PROTO=TCP SPT=4711 DPT=445 MARK=1a0000',
      'drop',
    ],
    [
      'Junos, structured',
      '<14>1 2026-11-02T10:00:00.123Z srx1 RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.129 source-address="10.1.2.3" source-port="4711" destination-address="203.0.113.9" destination-port="445" protocol-id="6" policy-name="deny"]',
      'deny',
    ],
    [
      'Junos, as text',
      '<14>Nov  2 10:00:00 srx1 RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed TCP FIN: 10.1.2.3/4711->203.0.113.9/445 0x0 junos-smb',
      'close',
    ],
    [
      'Check Point',
      '<134>1 2026-11-02T10:00:00Z gw1 CheckPoint 1234 - [action:"Drop"; flags:"400644"; origin:"10.9.9.9"; src:"10.1.2.3"; dst:"203.0.113.9"; proto:"6"; service:"445"; s_port:"4711"; product:"VPN-1 & FireWall-1"]',
      'Drop',
    ],
    [
      'an access list of IOS',
      '<190>123: *Nov  2 10:00:00.123 CET: %SEC-6-IPACCESSLOGP: list 101 denied tcp 10.1.2.3(4711) -> 203.0.113.9(445), 1 packet',
      'denied',
    ],
    [
      'RouterOS, whose rule has a prefix',
      '<134>Nov  2 10:00:00 mt firewall,info drop-smb forward: in:bridge out:ether1, connection-state:new src-mac aa:bb:cc:dd:ee:ff, proto TCP (SYN), 10.1.2.3:4711->203.0.113.9:445, len 52',
      'drop',
    ],
    [
      'Cisco, denied',
      '<164>Nov 02 2026 10:00:00: %ASA-4-106023: Deny tcp src inside:10.1.2.3/4711 dst outside:203.0.113.9/445 by access-group "x" [0x0, 0x0]',
      'deny',
    ],
    [
      'Cisco, built',
      '<166>:Nov 2 10:00:00 UTC: %ASA-6-302013: Built outbound TCP connection 22 for outside:203.0.113.9/445 (203.0.113.9/445) to inside:10.1.2.3/4711 (10.1.2.3/4711)',
      'built',
    ],
    [
      'Cisco, listed',
      '<113>2026-11-02T10:00:00Z fw4 : %FTD-6-430003: DeviceUUID: 90e1, AccessControlRuleAction: deny, SrcIP: 10.1.2.3, DstIP: 203.0.113.9, SrcPort: 4711, DstPort: 445, Protocol: tcp',
      'deny',
    ],
  ])('hold the sides of the traffic and what became of it: %s', (_, line, action) => {
    expect(read('firewall', line, 'src_ip', 'src_port', 'dst_ip', 'dst_port', 'action')).toEqual({ ...FLOW, action });
  });
  it.each([
    ['packets of Linux', 'IN=eth0 OUT=lo SRC=1.1.1.1 DST=2.2.2.2 PROTO=TCP SPT=1 DPT=2'],
    ['RouterOS', 'a in:b out:c, proto TCP (SYN), 1.1.1.1:1->2.2.2.2:2, len 52'],
    ['an access list', '%SEC-6-IPACCESSLOGP: list 101 denied tcp 1.1.1.1(1) -> 2.2.2.2(2), 1 packet'],
    ['Junos', 'RT_FLOW_SESSION_DENY: session denied 1.1.1.1/1->2.2.2.2/2 0x0'],
    ['ASA', '%ASA-4-106023: Deny tcp src inside:1.1.1.1/1 dst outside:2.2.2.2/2 by access-group x'],
    ['FTD', '%FTD-6-430003: SrcIP: 1.1.1.1, DstIP: 2.2.2.2, SrcPort: 1, DstPort: 2'],
    ['pfSense', 'filterlog: 1,,,1,em0,match,block,in,4,0x0,,64,0,0,DF,6,tcp,60,1.1.1.1,2.2.2.2,1,2,0'],
    ['Palo Alto', `1,2,3,TRAFFIC,end,0,2026/11/02 10:00:00,1.1.1.1,2.2.2.2,${'a,'.repeat(40)}`],
  ])('hold what a stranger writes as a value to be a value: %s', (_, agent) => {
    const line = `<189>date=2026-11-02 time=10:20:00 srcip=10.1.2.3 srcport=4711 dstip=203.0.113.9 dstport=445 action="deny" agent="${agent}"`;
    expect(read('firewall', line, 'src_ip', 'src_port', 'dst_ip', 'dst_port', 'action')).toEqual({
      ...FLOW,
      action: 'deny',
    });
  });
  it.each([
    ['LEEF', 'LEEF:1.0|V|P|1|ID|src=10.1.2.3\tsrcPort=4711\tdst=203.0.113.9\tdstPort=445\tusrName=ada'],
    ['LEEF 2', '<13>Nov  2 10:00:00 fw1 LEEF:2.0|V|P|1|ID|^|src=10.1.2.3^srcPort=4711^dst=203.0.113.9^dstPort=445'],
    [
      'SonicWall',
      '<134>id=firewall sn=C0 time="2026-11-02 10:20:00 UTC" fw=fw5 pri=6 src=10.1.2.3:4711:X1: dst=203.0.113.9:445:X3:SRV proto=udp/dns',
    ],
    [
      'Meraki',
      '<134>1 1795842001.0 MX84 ids-alerts signature=1:28423:1 priority=1 src=10.1.2.3:4711 dst=203.0.113.9:445 message: x',
    ],
    ['names in another order', 'a=1 dst=203.0.113.9:445 src=10.1.2.3:4711 src=10.9.9.9 dst=10.9.9.9'],
    [
      'an agent that writes names of its own',
      'src=10.1.2.3 spt=4711 dst=203.0.113.9 dpt=445 agent="x src=10.9.9.9 dpt=1" msg="a" src=10.9.9.9 dpt=1',
    ],
    [
      'an agent that writes names of its own, between tabs',
      'src=10.1.2.3\tspt=4711\tdst=203.0.113.9\tdpt=445\tagent=x src_ip=10.9.9.9 dst_port=1\tmsg="a',
    ],
  ])('hold the sides of the traffic in any form: %s', (_, line) =>
    expect(read('firewall', line, ...Object.keys(FLOW))).toEqual(FLOW),
  );
  it.each([
    'Nov  2 10:00:00 fw1 sshd[7]: Failed password for invalid user src=10.9.9.9 a=1 b=2',
    'GET "/?a=1 src=10.9.9.9 b=2 c=3"',
    'x y z w src=10.9.9.9 a=1 b=2',
  ])('hold no names in the middle of a sentence: %s', (line) => expect(fieldsOfText(line)).toBeUndefined());
  it('hold what was asked of BIND', () => {
    expect(
      read(
        'dns',
        '02-Nov-2026 10:20:00.250 queries: info: client @0x7f0c 10.1.2.3#40000 (x.example.test): query: x.example.test IN TXT + (10.1.1.1)',
        'src_ip',
        'query',
        'record_type',
      ),
    ).toEqual({ src_ip: '10.1.2.3', query: 'x.example.test', record_type: 'TXT' });
  });
  it('hold requests, values with blanks too', () => {
    expect(
      read(
        'web-proxy',
        '2026-11-02 10:11:12\treason=Allowed\taction=Allowed\trequestmethod=GET\tuseragent=Windows Update Agent/1.0\tClientIP=10.1.2.3\tstatus=200\turl="evil.example/a.exe?x=1"',
        'c-uri',
        'c-useragent',
        'cs-method',
        'c-uri-extension',
        'src_ip',
      ),
    ).toEqual({
      'c-uri': 'evil.example/a.exe?x=1',
      'c-useragent': 'Windows Update Agent/1.0',
      'cs-method': 'GET',
      'c-uri-extension': 'exe',
      src_ip: '10.1.2.3',
    });
  });
  it('unescape what CEF escapes, and take no name out of quotes', () => {
    expect(fieldsOfText('CEF:0|a|b|1|2|n|5|msg=a\\=b request=http://x/?y\\=1')).toMatchObject({
      msg: 'a=b',
      request: 'http://x/?y=1',
      severity: '5',
    });
    expect(fieldsOfText('a="x b=1" c=2 d=3')).toEqual({ a: 'x b=1', c: '2', d: '3' });
  });
  it.each([
    '',
    'plain words',
    'a=1 b=2',
    'CEF:',
    '1,2,TRAFFIC,3',
    'filterlog: ',
    '%ASA-1-1: Deny',
    `1,t,s,ALARM,general,${'x,'.repeat(9)}"a,TRAFFIC,b",${'10.9.9.9,'.repeat(40)}`,
    '1,t,s,USERID,login',
    '='.repeat(2_000),
    '"'.repeat(2_000),
  ])('are left alone when they are something else: %.20s', (text) => {
    expect(fieldsOfText(text)).toBeUndefined();
  });
});
