import type { NormalisedEvent } from '../source.js';
import { readMessage } from '../../ingest/message.js';
import { firewall } from './index.js';

const read = (message: string): NormalisedEvent => firewall.normalise({ message }, Buffer.from('{}'));

describe('the time of a line of a firewall', () => {
  const at = Date.UTC(2026, 10, 28, 5, 28, 2);
  it.each<[string, number]>([
    ['CEF:0|V|P|1|D|E|9|rt=1795843682000 src=10.1.2.3', at],
    ['CEF:0|V|P|1|D|E|9|rt=Nov 28 2026 00:28:02.000 EST act=deny src=10.1.2.3', at],
    ['LEEF:1.0|V|P|1|ID|src=10.1.2.3\tdevTime=28/11/2026 06:28:02 +0100\tdevTimeFormat=dd/MM/yyyy HH:mm:ss Z', at],
    ['<134>id=firewall sn=C0 time="2026-11-28 05:28:02 UTC" fw=fw5 pri=6 src=10.1.2.3:1:X1:', at],
    ['date=2026-11-28 time=06:28:02 tz="+0100" devname=fw1 srcip=10.1.2.3', at],
    [
      'device="SFW" date=2026-11-28 time=10:00:00 timezone="CET" log_type="Firewall" status="Allow" src_ip=10.1.2.3 dst_ip=8.8.8.8',
      Date.UTC(2026, 10, 28, 9),
    ],
    [
      'CEF:0|Fortinet|Fortigate|v7.0|00013|traffic:forward accept|3|FTNTFGTeventtime=1795860000123456789 src=10.1.2.3 dst=8.8.8.8 act=accept',
      Date.UTC(2026, 10, 28, 10),
    ],
  ])('is read as it is written: %s', (line, occurredAt) =>
    expect(read(line)).toMatchObject({ entity: 'ip:10.1.2.3', occurredAt }),
  );
});

it.each<[string, string, string[]]>([
  ['CEF:0|V|P|1|D|E|9|rt=Nov 28 05:28:02 src=10.1.2.3', '2026-11-28T05:28:02.000Z', ['time-assumed']],
  ['CEF:0|V|P|1|D|E|9|rt=Dec 31 23:00:00.250 UTC src=10.1.2.3', '2025-12-31T23:00:00.250Z', ['time-assumed']],
  ['LEEF:1.0|V|P|1|ID|src=10.1.2.3\tdevTime=Nov 28 05:28:02', '2026-11-28T05:28:02.000Z', ['time-assumed']],
  [
    '<13>Nov 28 11:00:00 fw CEF:0|V|P|1|D|E|9|rt=Nov 28 05:28:02 src=10.1.2.3',
    '2026-11-28T05:28:02.000Z',
    ['time-assumed'],
  ],
  ['CEF:0|V|P|1|D|E|9|rt=Feb 30 05:28:02 src=10.1.2.3', '2026-11-28T12:00:00.000Z', ['time-missing']],
  ['CEF:0|V|P|1|D|E|9|rt=Nov 28 2026 05:28:02 src=10.1.2.3', '2026-11-28T05:28:02.000Z', ['time-assumed']],
])('a time without a year is of when it was received: %s', (line, time, flags) => {
  const place = { topic: 'ingest.acme.fw', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 28, 12) };
  const [event] = readMessage(Buffer.from(line), place, firewall).events;
  expect([new Date(event?.occurredAt ?? 0).toISOString(), event?.flags]).toEqual([time, flags]);
});

describe('the time on the wall of a device', () => {
  const FORTI = 'devname=fw1 logid="0000000013" type=traffic srcip=10.1.1.6 dstip=203.0.113.20';
  const PALO = (time: string, zoned = ''): string =>
    `<14>Nov 28 18:59:01 pa 1,${time},0071,SYSTEM,general,2561,${time},,general,,0,0,general,informational,x,1,0x0,0,0,0,0,,pa,0,0,${zoned}`;
  const SFW = 'device="SFW" log_type="Firewall" log_component="Firewall Rule" src_ip=10.1.1.6';

  it.each<[line: string, time: string, flags: string[]]>([
    [`date=2026-11-28 time=18:59:02 ${FORTI}`, '18:59:02', ['time-assumed']],
    [`date=2026-11-28 time=19:59:02 ${FORTI}`, '18:59:02', ['time-assumed']],
    [`date=2026-11-29 time=00:29:02 ${FORTI}`, '18:59:02', ['time-assumed']],
    [`date=2026-11-28 time=13:59:02 ${FORTI}`, '13:59:02', ['time-assumed']],
    [`date=2026-11-28 time=10:59:02 tz="-0800" ${FORTI}`, '18:59:02', []],
    [`date=2026-11-28 time=10:59:02 eventtime=1795892342000000000 ${FORTI}`, '18:59:02', []],
    [`date=2026-11-28 time=19:59:02 timezone="CET" ${SFW}`, '18:59:02', []],
    [`date=2026-11-28 time=19:59:02 timezone="IST" ${SFW}`, '18:59:02', ['time-assumed']],
    [`timestamp="2026-11-28T19:59:02+0100" ${SFW}`, '18:59:02', []],
    ['id=firewall sn=C0 time="2026-11-28 18:59:02 UTC" fw=fw5 pri=6 src=10.1.1.6:1:X1:', '18:59:02', []],
    ['id=firewall sn=C0 time="2026-11-28 19:59:02" fw=fw5 pri=6 src=10.1.1.6:1:X1:', '18:59:02', ['time-assumed']],
    ['id=firewall time="2026-11-28 19:59:02" fw="SN210" tz=+0100 src=10.1.1.6 logtype="filter"', '18:59:02', []],
    ['CEF:0|V|P|1|D|E|9|rt=Nov 28 2026 19:59:02 dtz=+01:00 src=10.1.1.6', '18:59:02', []],
    [PALO('2026/11/28 18:59:02'), '18:59:02', ['time-assumed']],
    [PALO('2026/11/28 19:59:02', '2026-11-28T19:59:02.000+01:00'), '18:59:02', []],
    [
      '<134>1 2026-11-28T18:59:02Z gw CheckPoint 1 - [action:"Drop"; time:"1795892342"; src:"10.1.1.6"; dst:"203.0.113.20"]',
      '18:59:02',
      [],
    ],
    [
      '<140>Nov 28 19:59:02 wg 80B6 (2026-11-28T18:59:02) firewall: msg_id="3000-0148" Deny a b 52 tcp 20 127 10.1.1.6 203.0.113.20 5 22 x',
      '18:59:02',
      [],
    ],
    [
      '2026:11:28-19:59:02 utm ulogd[1234]: id="2001" sys="SecureNet" action="drop" srcip="10.1.1.6"',
      '18:59:02',
      ['time-assumed'],
    ],
    [
      '<134>Nov 28 19:59:02 MX84 1795892342.000000000 MX84 flows src=10.1.1.6 dst=203.0.113.20 protocol=tcp pattern: allow all',
      '18:59:02',
      [],
    ],
  ])('%s', (line, time, flags) => {
    const place = { topic: 'ingest.acme.fw', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 28, 19) };
    const [event] = readMessage(Buffer.from(line), place, firewall).events;
    expect([new Date(event?.occurredAt ?? 0).toISOString(), event?.flags]).toEqual([`2026-11-28T${time}.000Z`, flags]);
  });
});
