import { byTime, dice, isoTime, minutesBefore, ordinaryTimes, pick, type Story } from './story.js';
import { ordinary, processStarted } from './windows.js';

const PC = 'tky-pc07.sakura.example';
const HOSTS = [PC, 'tky-pc03.sakura.example', 'tky-pc11.sakura.example'];
const USERS = ['SAKURA\\tanaka', 'SAKURA\\suzuki', 'SAKURA\\mori'];
const ADDRESSES = ['10.20.0.7', '10.20.0.3', '10.20.0.11'];
const CONTROLLER = '203.0.113.66';
const ENCODED = 'VwByAGkAdABlAC0ATwB1AHQAcAB1AHQAIAAnAGQAZQBtAG8AbgBzAHQAcgBhAHQAaQBvAG4AIABvAG4AbAB5ACcA';

const eve = (at: number, type: string, from: string, to: string, rest: object) => ({
  at,
  event: {
    timestamp: isoTime(at).replace('Z', '000+0000'),
    flow_id: Math.round(at / 7),
    event_type: type,
    src_ip: from,
    src_port: 50_123,
    dest_ip: to,
    dest_port: 443,
    proto: 'TCP',
    ...rest,
  },
});

const beacon = (at: number) =>
  eve(at, 'alert', '10.20.0.7', CONTROLLER, {
    alert: {
      action: 'allowed',
      gid: 1,
      signature_id: 2_033_713,
      rev: 2,
      signature: 'ET MALWARE Beacon Observed',
      category: 'Malware Command and Control Activity Detected',
      severity: 1,
    },
  });

/** A trading house that acts itself: a beacon on the wire and its cause on the desk. */
export const sakura: Story = {
  tenant: 'sakura',
  plan: {
    name: 'さくら商事株式会社',
    prefix: 'SKR',
    language: 'JA',
    timeZone: 'Asia/Tokyo',
    policy: { mode: 'NOTIFY' },
    contacts: [
      {
        name: '田中 健',
        subject: 'tanaka@sakura',
        kind: 'INCIDENT',
        channel: 'phone',
        address: '+81-3-0000-0000',
        language: 'JA',
      },
    ],
    assets: [
      {
        assetId: 'PC07',
        hostnames: [PC, 'tky-pc07'],
        criticality: 'HIGH',
        owner: '経理部',
        unit: '経理部',
        groups: ['workstations'],
      },
    ],
    identities: [],
    sources: [
      { name: 'ids', kind: 'SURICATA' },
      { name: 'endpoint', kind: 'WINDOWS' },
    ],
    connectors: [],
  },
  telling: 'a controlled computer at さくら商事 reports to its master',
  feeds: (now) => {
    const roll = dice(37);
    const flows = ordinaryTimes(roll, now, 300).map((at) =>
      eve(at, 'flow', pick(roll, ADDRESSES), '192.0.2.80', {
        app_proto: 'tls',
        flow: { pkts_toserver: 12, pkts_toclient: 14, state: 'closed' },
      }),
    );
    const office = ordinaryTimes(roll, now, 200).map((at) => ordinary(roll, at, HOSTS, USERS));
    const cause = processStarted(minutesBefore(now, 16), PC, {
      image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      commandLine: `powershell.exe -NonI -W Hidden -enc ${ENCODED}`,
      user: 'SAKURA\\tanaka',
      parent: 'C:\\Windows\\explorer.exe',
      pid: 6_120,
    });
    return [
      { source: 'endpoint', via: 'kafka', events: byTime([...office, cause]) },
      {
        source: 'ids',
        via: 'http',
        events: byTime([...flows, ...[15, 12, 9, 6, 3].map((minutes) => beacon(minutesBefore(now, minutes)))]),
      },
    ];
  },
};
