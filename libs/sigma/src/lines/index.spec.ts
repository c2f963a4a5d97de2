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
    `1,t,s,SYSTEM,general,${'x,'.repeat(9)}"a,TRAFFIC,b",${'10.9.9.9,'.repeat(40)}`,
    '1,t,s,USERID,login',
    '='.repeat(2_000),
    '"'.repeat(2_000),
  ])('are left alone when they are something else: %.20s', (text) => {
    expect(fieldsOfText(text)).toBeUndefined();
  });
});
