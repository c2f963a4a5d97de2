/** Lines of text, form by form, as their writers' manuals give them; addresses and names are made up. */
import type { SourceKind } from '#contracts';

export type MutatedParser = {
  name: string;
  kind: SourceKind;
  /** The way in that takes a line as a body; absent: it lies on the topic. */
  door?: 'hec' | 'hec-raw' | 'otlp-json' | 'otlp-protobuf';
  /** What a line begins with that this parser looks at. */
  begins: readonly string[];
  /** Own lines, without those beside the checkout. */
  own: readonly (string | Buffer)[];
  /** Files of the data pack whose lines are such, and by what they are told from others. */
  beside: { folder: string; file: RegExp; line?: RegExp }[];
};

const SC4S = 'syslog-vendors';
const ADDRESSES = 'src=203.0.113.9 spt=51000 dst=10.1.2.3 dpt=443';

export const LINES: readonly MutatedParser[] = [
  {
    name: 'syslog-header',
    kind: 'LINUX',
    begins: [
      '<34>1 ',
      '<34>1 2026-11-02T09:20:00Z web1 sshd 77 ID47 [a b="',
      '<34>Nov  2 09:20:00 web1 ',
      '<34>Nov  2 09:20:00 ',
      '<13>',
      '{"program":"sudo","message":"',
    ],
    own: [
      '<34>1 2026-11-02T09:20:00.003Z web1 sshd 4100 ID47 [meta sequenceId="29"][x@32473 a="q\\"]" b="2"] Accepted password for ada from 203.0.113.9 port 22 ssh2',
      '<34>1 2026-11-02T09:20:00Z web1 sudo - - -     ada : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/bin/sh -c {}',
      '<86>Nov  2 09:20:00 web1 sshd[4100]: Failed password for invalid user ada from 203.0.113.9 port 51000 ssh2',
      'Nov  2 09:20:00 web1 CRON[77]: (root) CMD (run-parts /etc/cron.hourly)',
      '<189>117: *Nov  2 2026 09:20:00.003 UTC: %SYS-5-CONFIG_I: Configured from console by ada on vty0 (10.1.2.3)',
      '<14>1 1793611200.250 fw1 flows allow src=10.1.2.3 dst=203.0.113.9 protocol=tcp',
      '<13>Nov  2 09:20:00 web1 app: @cee:{"msg":"x","user":"ada"}',
      'Nov  2 09:20:00 Message forwarded from web2: su: ada to root on /dev/pts/1',
    ],
    beside: [
      { folder: SC4S, file: /^(vmware|cisco_ise|f5_bigip|proofpoint)/ },
      { folder: 'endpoint-linux/sc4s', file: /\.jsonl$/ },
    ],
  },
  {
    name: 'cef',
    kind: 'FIREWALL',
    begins: ['CEF:0|a|b|1|2|c|3|', 'CEF:0|', 'CEF:0|a|b|1|2|c|3|msg=', '<34>Nov  2 09:20:00 fw1 CEF:0|'],
    own: [
      `CEF:0|Vendor|Product \\| x|1.0|100|detected a \\\\ in message|10|${ADDRESSES} act=blocked rt=1793611200250 msg=a\\=b\\nc`,
      `<134>Nov  2 09:20:00 fw1 CEF:0|Vendor|Firewall|9.1|deny|Denied|5|rt=Nov 02 2026 09:20:00 ${ADDRESSES} cs1Label=Rule cs1=web out suser=EXAMPLE\\\\ada`,
      'CEF:1|V|P|1|id|n|High|deviceReceiptTime=Nov 02 09:20:00 request=https://example.test/?a\\=1 fname={"a":"b"}',
    ],
    beside: [{ folder: SC4S, file: /\.jsonl$/, line: /CEF:/ }],
  },
  {
    name: 'leef',
    kind: 'FIREWALL',
    begins: ['LEEF:1.0|a|b|1|2|', 'LEEF:2.0|a|b|1|2|^|', 'LEEF:2.0|', 'LEEF:2.0|a|b|1|2|x7C|devTime=1 devTimeFormat='],
    own: [
      'LEEF:1.0|Vendor|Product|1.0|deny|src=203.0.113.9\tdst=10.1.2.3\tsrcPort=51000\tdstPort=443\tproto=TCP\tusrName=ada\tdevTime=Nov 02 2026 09:20:00',
      'LEEF:2.0|Vendor|Product|1.0|allow|^|src=203.0.113.9^dst=10.1.2.3^devTime=2026-11-02 09:20:00.003 +0100^devTimeFormat=yyyy-MM-dd HH:mm:ss.SSS Z',
      '<13>Nov  2 09:20:00 fw1 LEEF:2.0|V|P|1|7|0x7C|src=203.0.113.9|dst=10.1.2.3|sev=5',
      'LEEF:1.0|V|P|1|7|src=203.0.113.9#011dst=10.1.2.3#011url=https://example.test/a b',
    ],
    beside: [{ folder: SC4S, file: /\.jsonl$/, line: /LEEF:/ }],
  },
  {
    name: 'key-value',
    kind: 'FIREWALL',
    begins: ['a=1 b=2 c=3 ', 'a="1" b="2" c="', 'date=2026-11-02 time=09:20:00 devname="fw1" msg="', 'a=1\tb=2\tc='],
    own: [
      'date=2026-11-02 time=10:20:00 devname="fw1" devid="FG100" tz="+0100" logid="0000000013" type="traffic" srcip=203.0.113.9 srcport=4444 dstip=10.1.2.3 dstport=3389 action="deny" msg="a, b=c; \\"d\\""',
      '<134>id=firewall sn=0017C5 time="2026-11-02 09:20:00 UTC" fw=198.51.100.1 pri=1 c=32 m=82 msg="Possible port scan" src=203.0.113.9:51000:X1:host dst=10.1.2.3:443:X0',
      'device="SFW" date=2026-11-02 time=09:20:00 timezone="CET" log_type="Firewall" src_ip=203.0.113.9 dst_ip=10.1.2.3 protocol="TCP"',
    ],
    beside: [{ folder: SC4S, file: /^(fortinet|dell|sophos|cisco_meraki)/ }],
  },
  {
    name: 'device-lines',
    kind: 'FIREWALL',
    begins: [
      '1,2026/11/02 09:20:00,1,TRAFFIC,',
      'filterlog: ',
      '%ASA-6-302013: Built inbound TCP connection 1 for ',
      '%FTD-6-430003: ',
    ],
    own: [
      '<14>Nov  2 09:20:00 fw1 1,2026/11/02 09:20:00,001,TRAFFIC,end,2049,2026/11/02 09:20:00,10.1.2.3,203.0.113.9,0.0.0.0,0.0.0.0,"out, ""web""",example\\ada,,ssl,vsys1,in,out,e1,e2,fwd,2026/11/02 09:20:00,1,1,51000,443,0,0,0x19,tcp,allow,1,1,1,1',
      '<134>Nov  2 09:20:00 filterlog[123]: 5,,,1000000103,igb0,match,block,in,4,0x0,,64,0,0,DF,6,tcp,60,203.0.113.9,10.1.2.3,51000,22,0,S,1,,64240,,mss',
      '<166>Nov  2 2026 09:20:00 fw1 : %ASA-6-302013: Built inbound TCP connection 9 for outside:203.0.113.9/51000 (203.0.113.9/51000) to inside:10.1.2.3/443 (10.1.2.3/443)',
      '%ASA-4-106023: Deny tcp src outside:203.0.113.9/51000 dst inside:10.1.2.3/22 by access-group "out" [0x0, 0x0]',
      '%FTD-6-430003: SrcIP: 203.0.113.9, DstIP: 10.1.2.3, SrcPort: 51000, DstPort: 443, AccessControlRuleAction: Block',
    ],
    beside: [{ folder: SC4S, file: /^(palo_alto|pfsense|cisco_asa|imperva)/ }],
  },
  {
    name: 'dns-lines',
    kind: 'DNS',
    begins: [
      'client ',
      '02-Nov-2026 09:20:00.003 client @0x7f 203.0.113.9#5300 (',
      '<30>Nov  2 09:20:00 ns1 named[1]: ',
      '[1793611200] unbound[1:0] info: ',
      'query[A] ',
      '[INFO] 10.1.2.3:5300 - 1 "A IN ',
      '11/02/2026 9:20:00 AM 0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv ',
    ],
    own: [
      '02-Nov-2026 09:20:00.003 queries: info: client @0x7f12 203.0.113.9#51000 (www.example.test): query: www.example.test IN A +E(0)K (10.1.2.3)',
      '<30>Nov  2 09:20:00 ns1 named[900]: client 203.0.113.9#51000 (example.test): view internal: query: example.test IN TXT + (10.1.2.3)',
      "client @0x7f12 203.0.113.9#51000 (example.test): query (cache) 'example.test/A/IN' denied",
      'client @0x7f12 203.0.113.9#51000 (example.test): rpz QNAME NXDOMAIN rewrite example.test/A/IN via example.rpz',
      '[1793611200] unbound[1:0] reply: 10.1.2.3 example.test. A IN NOERROR 0.001 0 60',
      '<30>Nov  2 09:20:00 ns1 dnsmasq[5]: 12 10.1.2.3/5300 query[AAAA] example.test from 10.1.2.3',
      '[INFO] 10.1.2.3:5300 - 4321 "A IN example.test. udp 41 false 512" NOERROR qr,rd,ra 106 0.001s',
      '11/02/2026 9:20:00 AM 0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv 10.1.2.3  1a2b   Q [0001   D   NOERROR] A  (7)example(4)test(0)',
      '"2026-11-02 09:20:00","ada","ada,Site","10.1.2.3","203.0.113.1","Blocked","1 (A)","NOERROR","example.test.","Malware"',
      "3 [1418626328/2] question for 'example.test|A' from 10.1.2.3:5300",
    ],
    beside: [{ folder: 'normalised-oracles', file: /bind9/, line: /query:/ }],
  },
  {
    name: 'proxy-lines',
    kind: 'WEB_PROXY',
    begins: ['1793611200.250 5 ', 'a=1 b=2 url=', 'CEF:0|z|z|1|2|c|3|request='],
    own: [
      '1793611200.250     93 10.1.2.3 TCP_MISS/200 1270 GET http://www.example.test/a?b=c ada DIRECT/203.0.113.9 text/html',
      'CEF:0|Zscaler|NSSWeblog|5.7|Blocked|Blocked|3|act=Blocked app=HTTPS src=10.1.2.3 request=www.example.test/a requestMethod=POST suser=ada@example.test',
    ],
    beside: [{ folder: SC4S, file: /^zscaler/ }],
  },
  {
    name: 'access-log',
    kind: 'WEB_SERVER',
    begins: [
      ...['203.0.113.9 - - [02/Nov/2026:10:20:00 +0100] "', '203.0.113.9 - ', 'www.example.test:443 203.0.113.9 - '],
      '203.0.113.9 - - [02/Nov/2026:10:20:00 +0100] "GET / HTTP/1.1" 200 5 "',
    ],
    own: [
      '203.0.113.9 - - [02/Nov/2026:10:20:00 +0100] "GET /a?b=\\"c\\"&d=\\xe2\\x82\\xac HTTP/1.1" 200 512 "https://www.example.test/" "Mozilla/5.0 (X11; \\"q\\")"',
      'www.example.test:443 203.0.113.9 - ada lovelace [02/Nov/2026:10:20:00 +0100] "POST /x HTTP/2.0" 404 - "-" "curl/8"',
      'www.example.test, 203.0.113.1 203.0.113.9 - - [02/Nov/2026:10:20:00 +0100] "GET / HTTP/1.1" 200 5',
      '<190>Nov  2 09:20:00 web1 nginx: 2001:db8::9 - - [02/Nov/2026:10:20:00 +0100] "\\x16\\x03\\x01" 400 157 "-" "-"',
    ],
    beside: [{ folder: '../cases/ingest', file: /^input/, line: /\] "/ }],
  },
  {
    name: 'edge-lines',
    kind: 'WEB_SERVER',
    begins: [
      '203.0.113.9:4711 [02/Nov/2026:09:20:00.000] web app/web1 0/0/1/2/3 200 612 - - ---- 1/1/0/0/0 0/0 {',
      'https 2026-11-02T09:20:00Z app/lb/5 203.0.113.9:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 34 366 "',
      '[2026-11-02T09:20:00Z] "GET /e HTTP/1.1" 200 - ',
      '[GIN] 2026/11/02 - 09:20:00 | 404 | 1.2ms | 203.0.113.9 | GET "',
    ],
    own: [
      '<134>Nov  2 09:20:00 lb1 haproxy[9]: 203.0.113.9:4711 [02/Nov/2026:09:20:00.000] web~ app/web1 0/0/1/2/3 200 612 - - ---- 1/1/0/0/0 0/0 {a|curl} {} "GET /h HTTP/1.1"',
      '203.0.113.9:4711 [02/Nov/2026:09:20:00.000] ssh-in ssh/s1 1/0/100 500 -- 1/1/0/0/0 0/0',
      'https 2026-11-02T09:20:00Z app/lb/5 203.0.113.9:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 34 366 "GET https://www.example.test:443/a HTTP/1.1" "curl" ECDHE TLSv1.2 arn:aws:x "Root=1" "d" "-" 0 2026-11-02T09:20:00Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
      'tls 2.0 2026-11-02T09:20:00 net/lb/c g3d4 203.0.113.9:51341 10.0.0.1:443 5 2 98 246 - arn:aws:x - ECDHE tlsv12 - d - - - 2026-11-02T09:20:00',
      '[2026-11-02T09:20:00Z] "GET /e HTTP/1.1" 200 - via_upstream - "-" 0 10 1 1 "203.0.113.1" "curl" "id" "www.example.test" "10.0.0.4:80" outbound|80||s - 10.0.0.5:80 203.0.113.9:4711 - default',
      '[GIN] 2026/11/02 - 09:20:00 | 404 |     1.2ms |     203.0.113.9 | GET      "/x?a=1"',
      '2026/11/02 09:20:00.000\tINFO\thttp.log.access\thandled request\t{"request": {"remote_ip": "203.0.113.9", "method": "GET", "host": "www.example.test", "uri": "/"}, "status": 200}',
    ],
    beside: [],
  },
  {
    name: 'error-log',
    kind: 'WEB_SERVER',
    begins: [
      ...[
        '[Mon Nov 02 10:20:00.003 2026] [core:error] [pid 1:tid 2] [client ',
        '2026/11/02 10:20:00 [error] 7#7: *1 ',
        '[',
      ],
      '[Mon Nov 02 10:20:00.003 2026] [core:error] ',
    ],
    own: [
      '[Mon Nov 02 10:20:00.003456 2026] [core:error] [pid 4100:tid 1404] [client 203.0.113.9:51000] AH00126: Invalid URI in request GET /../../etc HTTP/1.1, referer: https://www.example.test/',
      '[Mon Nov 02 10:20:00 2026] [error] [client 203.0.113.9] File does not exist: /var/www/a',
      '2026/11/02 10:20:00 [error] 77#77: *1 open() "/srv/a" failed (2: No such file or directory), client: 203.0.113.9, server: www.example.test, request: "GET /a HTTP/1.1", host: "www.example.test"',
    ],
    beside: [{ folder: '../cases/ingest', file: /^input/, line: /^\[/ }],
  },
  {
    name: 'w3c',
    kind: 'WEB_SERVER',
    begins: [
      '#Fields: date time cs-uri-stem\n2026-11-02 09:20:00 ',
      '#Fields: ',
      '2026-11-02 09:20:00 10.1.2.3 GET ',
      '#',
    ],
    own: [
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\n2026-11-02 09:20:00 10.1.2.3 GET /a b=c 443 - 203.0.113.9 Mozilla/5.0 200',
      '2026-11-02 09:20:00 10.1.2.3 POST /owa/auth.owa - 443 EXAMPLE\\ada 203.0.113.9 Mozilla/5.0 https://example.test/ 302 0 0 15',
      '#Software: X\r\n#Fields: date\ttime\tc-ip\tcs-uri\r\n2026-11-02\t09:20:00\t203.0.113.9\t"/a b"',
    ],
    beside: [],
  },
  {
    name: 'auditd',
    kind: 'LINUX',
    begins: [
      ...[
        'type=SYSCALL msg=audit(1.2:3): ',
        'type=EXECVE msg=audit(1.2:3): argc=3 a0=',
        'node=',
        "type=USER_CMD msg=audit(1.2:3): msg='",
      ],
      ...[
        'type=AUOMS_EXECVE msg=audit(1.2:3): ',
        'type=SYSCALL msg=audit(1.2:3): a=1 \u001dAUID="',
        '{"type":"PROCTITLE","proctitle":"',
      ],
    ],
    own: [
      'type=SYSCALL msg=audit(1793613600.250:9001): arch=c000003e syscall=59 success=yes exit=0 a0=561f a1=5620 items=2 ppid=4100 pid=4101 auid=1000 uid=33 ses=12 comm="sh" exe="/usr/bin/dash" key="exec"\u001dARCH=x86_64 SYSCALL=execve AUID="ada"',
      'type=EXECVE msg=audit(1793613600.250:9001): argc=3 a0="sh" a1="-c" a2=6375726C202D73 a3[0]=61 a3[1]=62',
      'node=web1 type=USER_CMD msg=audit(1793613600.250:9002): pid=1 uid=1000 auid=1000 ses=12 msg=\'cwd="/srv" cmd=6C73 exe="/usr/bin/sudo" terminal=pts/0 res=success\'',
      'type=SOCKADDR msg=audit(1793613600.250:9003): saddr=020001BBCB007109000000000000\u001dSADDR={ saddr_fam=inet laddr=203.0.113.9 lport=443 }',
      'type=AUOMS_EXECVE msg=audit(1793613600.250:9004): cmdline="ls \\"a\\"" redactors="" path_name=["/a","/b"] path_nametype=["NORMAL","CREATE"] user="ada"',
    ],
    beside: [{ folder: 'endpoint-linux/go-libaudit', file: /\.log$/ }],
  },
  {
    name: 'windows-xml',
    kind: 'WINDOWS',
    begins: [
      ...[
        '<Event><System><EventID>1</EventID></System><EventData>',
        '<Event xmlns="',
        '<Event><EventData><Data Name="',
        '<Events><Event>',
      ],
      ...['{"EventData":"', '{"UserData":"', '{"message":"'],
    ],
    own: [
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon" Guid="{5770385F}"/><EventID>1</EventID><TimeCreated SystemTime="2026-11-02T09:20:00.2500000Z"/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws1.example.test</Computer><Security UserID="S-1-5-18"/></System><EventData><Data Name="UtcTime">2026-11-02 09:20:00.250</Data><Data Name="Image">C:\\Windows\\cmd.exe</Data><Data Name="CommandLine">cmd &lt;a&gt; &#x41; &amp;</Data><Data Name="Hashes">MD5=AA,SHA256=BB</Data></EventData></Event>',
      "<Event xmlns='x'><System><Provider Name='P'/><EventID Qualifiers='16384'>7045</EventID><Channel>System</Channel><Computer>ws1</Computer></System><EventData><Data>a</Data><Data>b</Data><Binary>00FF</Binary></EventData></Event>",
      '<13>Nov  2 09:20:00 ws1 <Event><System><EventID>4625</EventID><Channel>Security</Channel></System><UserData><x:Y xmlns:x="z"><A>1</A></x:Y></UserData></Event>',
      '{"EventData":"<EventData><Data Name=\\"a\\">b</Data></EventData>","EventID":4104,"Channel":"Microsoft-Windows-PowerShell/Operational"}',
    ],
    beside: [],
  },
];
