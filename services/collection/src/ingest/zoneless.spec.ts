import type { SourceKind } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import { toldTime } from '../../test/told-times.js';

const AT = Date.UTC(2026, 10, 28, 19, 0, 0);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** What a clock on a wall shows, in the parts that logs are made of. */
const clock = (at: number) => {
  const [day = '', time = ''] = new Date(at).toISOString().slice(0, 19).split('T');
  const [year = '', month = '', date = ''] = day.split('-');
  const name = MONTHS[Number(month) - 1] ?? '';
  return { day, time, year, month, date, name, week: DAYS[new Date(at).getUTCDay()] ?? '' };
};
type ShownClock = ReturnType<typeof clock>;

/** As the settings of the United States write it. */
const halved = (day: string, time: string): string => {
  const [[year = '', month = '', date = ''], [hours = '', ...rest]] = [day.split('-'), time.split(':')];
  const half = Number(hours) < 12 ? 'AM' : 'PM';
  return `${Number(month)}/${date}/${year} ${[Number(hours) % 12 || 12, ...rest].join(':')} ${half}`;
};

const WRITERS: [kind: SourceKind, what: string, line: (now: ShownClock) => string][] = [
  [
    'WEB_SERVER',
    "nginx's errors",
    ({ day, time }) => `${day.replaceAll('-', '/')} ${time} [error] 7#7: *1 no, client: 192.0.2.7`,
  ],
  [
    'WEB_SERVER',
    "Apache's errors",
    ({ week, name, date, time, year }) =>
      `[${week} ${name} ${date} ${time}.000000 ${year}] [core:error] [pid 7] [client 192.0.2.7:4] AH1: no`,
  ],
  [
    'WEB_SERVER',
    "Apache's errors behind syslog",
    ({ week, name, date, time, year }) =>
      `<187>${name} ${date} ${time} web1 apache2: [${week} ${name} ${date} ${time} ${year}] [core:error] [pid 7] [client 192.0.2.7:4] AH1: no`,
  ],
  [
    'WEB_SERVER',
    'gin',
    ({ day, time }) => `[GIN] ${day.replaceAll('-', '/')} - ${time} | 200 |     1.2ms |     192.0.2.7 | GET      "/x"`,
  ],
  [
    'WEB_SERVER',
    'HAProxy',
    ({ date, name, year, time }) =>
      `192.0.2.7:4711 [${date}/${name}/${year}:${time}.000] in~ app/web1 0/0/1/2/3 200 612 - - ---- 1/1/0/0/0 0/0 "GET /h HTTP/1.1"`,
  ],
  [
    'WEB_SERVER',
    'Caddy',
    ({ day, time }) =>
      `${day.replaceAll('-', '/')} ${time}.000\tINFO\thttp.log.access\thandled request\t{"request": {"remote_ip": "192.0.2.7", "method": "GET", "uri": "/"}, "status": 200}`,
  ],
  [
    'WEB_SERVER',
    'an access log without its zone',
    ({ date, name, year, time }) => `192.0.2.7 - - [${date}/${name}/${year}:${time}] "GET /a HTTP/1.1" 200 5`,
  ],
  [
    'WEB_SERVER',
    'ModSecurity',
    ({ week, name, date, time, year }) =>
      JSON.stringify({
        transaction: {
          client_ip: '192.0.2.7',
          time_stamp: `${week} ${name} ${date} ${time} ${year}`,
          request: { method: 'GET', uri: '/m' },
        },
      }),
  ],
  ['WEB_SERVER', 'a line that begins with a time', ({ day, time }) => `${day} ${time},123 something else`],
  [
    'DNS',
    'BIND',
    ({ date, name, year, time }) =>
      `${date}-${name}-${year} ${time}.123 client @0x7f1 10.0.0.5#5353 (a.example): query: a.example IN A +E(0)K (10.0.0.53)`,
  ],
  [
    'DNS',
    'BIND, ISO',
    ({ day, time }) =>
      `${day}T${time}.123 queries: info: client @0x7f1 10.0.0.5#5353 (a.example): query: a.example IN A +E(0)K (10.0.0.53)`,
  ],
  [
    'DNS',
    'Windows, Germany',
    ({ date, month, year, time }) =>
      `${date}.${month}.${year} ${time} 0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv 10.0.0.5       1a2b   Q [0001   D   NOERROR] A      (1)a(7)example(0)`,
  ],
  [
    'DNS',
    'Windows, England',
    ({ date, month, year, time }) =>
      `${date}/${month}/${year} ${time} 0AB4 PACKET  000002A5D1E0B3F0 UDP Rcv 10.0.0.5       1a2b   Q [0001   D   NOERROR] A      (1)a(7)example(0)`,
  ],
  ['DNS', 'dnsmasq', ({ name, date, time }) => `${name} ${date} ${time} dnsmasq[7]: query[A] a.example from 10.0.0.5`],
  ['DNS', 'Unbound', ({ name, date, time }) => `${name} ${date} ${time} unbound[7:0] info: 10.0.0.5 a.example. A IN`],
  [
    'DNS',
    'NXLog',
    ({ day, time }) => JSON.stringify({ EventTime: `${day} ${time}`, QNAME: 'a.example', Source: '10.0.0.5' }),
  ],
  [
    'WEB_PROXY',
    'Zscaler',
    ({ day, time }) =>
      JSON.stringify({
        sourcetype: 'zscalernss-web',
        event: { datetime: `${day} ${time}`, action: 'Allowed', url: 'a.test/b', ClientIP: '10.1.1.8' },
      }),
  ],
  [
    'WEB_PROXY',
    "Zscaler's words",
    ({ week, name, date, time, year }) =>
      JSON.stringify({ time: `${week} ${name} ${date} ${time} ${year}`, cip: '10.1.2.3', eurl: 'a.test/x' }),
  ],
  [
    'WEB_PROXY',
    'CEF',
    ({ name, date, time, year }) =>
      `CEF:0|V|P|1|D|E|9|rt=${name} ${date} ${year} ${time} request=http://a.test/ src=10.1.1.8`,
  ],
  [
    'WEB_PROXY',
    'CEF without a year',
    ({ name, date, time }) => `CEF:0|V|P|1|D|E|9|rt=${name} ${date} ${time} request=http://a.test/ src=10.1.1.8`,
  ],
  [
    'WEB_PROXY',
    'names and values',
    ({ day, time }) => `time="${day} ${time}" srcip=10.1.1.8 url="http://a.test/" action=block`,
  ],
  [
    'FIREWALL',
    'FortiGate',
    ({ day, time }) =>
      `date=${day} time=${time} devname=fw1 logid="0000000013" type=traffic srcip=10.1.1.6 dstip=203.0.113.20`,
  ],
  [
    'FIREWALL',
    'SonicWall',
    ({ day, time }) => `id=firewall sn=C0 time="${day} ${time}" fw=fw5 pri=6 src=10.1.1.6:1:X1:`,
  ],
  [
    'FIREWALL',
    'LEEF',
    ({ name, date, time, year }) => `LEEF:1.0|V|P|1|ID|src=10.1.2.3\tdevTime=${name} ${date} ${year} ${time}`,
  ],
  [
    'FIREWALL',
    "Sophos' UTM",
    ({ year, month, date, time }) =>
      `${year}:${month}:${date}-${time} utm ulogd[1234]: id="2001" sys="SecureNet" action="drop" srcip="10.1.1.6"`,
  ],
  [
    'FIREWALL',
    'PAN-OS',
    ({ day, time }) =>
      `1,${day.replaceAll('-', '/')} ${time},0071,SYSTEM,general,2561,${day.replaceAll('-', '/')} ${time},,general,,0,0,general,informational,x,1,0x0,0,0,0,0,,pa`,
  ],
  [
    'LINUX',
    'a file of syslog',
    ({ name, date, time }) =>
      `${name} ${date} ${time} web1 sshd[7]: Failed password for root from 203.0.113.9 port 5 ssh2`,
  ],
  [
    'LINUX',
    "a program's JSON",
    ({ day, time }) => JSON.stringify({ timestamp: `${day} ${time}`, message: 'x', hostname: 'web1', pid: 7, a: 1 }),
  ],
  [
    'WINDOWS',
    'a tool beside the event log',
    ({ day, time }) =>
      JSON.stringify({ Channel: 'Security', EventID: 4624, Computer: 'ws5', TimeCreated: `${day}T${time}` }),
  ],
  [
    'WINDOWS',
    'Get-WinEvent | Export-Csv',
    ({ day, time }) => `Id,LogName,MachineName,TimeCreated\n4624,Security,ws5,${halved(day, time)}\n`,
  ],
  [
    'WINDOWS',
    'the page of Defender',
    ({ name, date, year, time, day }) =>
      `Timestamp,DeviceName,ActionType\n"${name} ${date}, ${year} ${halved(day, time).split(' ').slice(1).join(' ')}",ws5,LogonSuccess\n`,
  ],
  [
    'MACOS',
    'a program of its own',
    ({ day, time }) => JSON.stringify({ timestamp: `${day} ${time}`, host: { name: 'mac1' }, process: { name: 'x' } }),
  ],
  [
    'SURICATA',
    'EVE without its zone',
    ({ day, time }) => JSON.stringify({ timestamp: `${day}T${time}`, event_type: 'flow', src_ip: '10.1.1.6' }),
  ],
  [
    'ZEEK',
    'JSON without its zone',
    ({ day, time }) => JSON.stringify({ ts: `${day}T${time}`, _path: 'conn', 'id.orig_h': '10.1.1.6' }),
  ],
];

describe.each(WRITERS)('a time without a zone of %s: %s', (kind, _, line) => {
  it.each([-8, -5, -3.5, 1, 5, 5.75, 9, 13])('%s hours east is told as assumed, and blames no clock', (hours) => {
    const said = toldTime(kind, line(clock(AT + hours * HOUR_MS)), AT);
    expect(said).toMatch(/ time-assumed$/);
    // What lies ahead was written east of it; what lies behind may as well have come late.
    if (hours > 0) expect(Math.abs(Date.parse(said.replace(/Z? .*$/, 'Z')) - AT)).toBeLessThanOrEqual(6 * 60_000);
  });
});
