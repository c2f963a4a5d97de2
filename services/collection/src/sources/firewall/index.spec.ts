import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject, NormalisedEvent } from '../source.js';
import { readMessage } from '../../ingest/message.js';
import { firewall } from './index.js';

const events = firewall
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => firewall.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('firewalls', () => {
  it("reads Fortinet's names, and is about our side", () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity: 'ip:10.1.2.3',
      ocsf: {
        classUid: 4001,
        activityId: 5,
        device: { hostname: 'fw1' },
        src: { ip: '203.0.113.9', port: 4444 },
        dst: { ip: '10.1.2.3', port: 3389 },
        message: 'deny: 203.0.113.9 -> 10.1.2.3:3389',
      },
    });
  });
  it("reads CEF's names", () => {
    expect(events[1]).toMatchObject({
      occurredAt: 1_793_611_200_250,
      entity: 'ip:10.1.2.3',
      ocsf: { activityId: 1, device: { hostname: 'fw2' }, actor: { userName: 'example\\ada' } },
    });
  });
  it('reads ECS', () =>
    expect(events[2]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20, 0, 250),
      ocsf: { device: { hostname: 'fw3' }, dst: { port: 22 } },
    }));
});

const read = (message: string): NormalisedEvent => firewall.normalise({ message }, Buffer.from('{}'));

it.each<[string, string, string | undefined]>([
  ['date=2026-11-28 time=05:28:02 devname=fw1 type=event action=perf-stats', 'host:fw1', 'fw1'],
  ['date=2026-11-28 time=05:28:02 devname=fw1 type=traffic srcip=10.1.2.3', 'ip:10.1.2.3', 'fw1'],
  ['id=firewall sn=C0 fw=fw5 pri=6 c=1 m=2 msg="x devname=fw9"', 'host:fw5', 'fw5'],
  ['CEF:0|V|P|1|7|Logon|5|act=Logon suser=ada', 'ip:unknown', undefined],
  ['a sentence about devname=fw9', 'ip:unknown', undefined],
])('what is no traffic is about the device, as it calls itself: %s', (line, entity, hostname) => {
  const event = read(line);
  expect([event.entity, event.ocsf.device?.hostname]).toEqual([entity, hostname]);
});

describe('the time of a line of a firewall', () => {
  const at = Date.UTC(2026, 10, 28, 5, 28, 2);
  it.each<[string, number | undefined]>([
    ['CEF:0|V|P|1|D|E|9|rt=1795843682000 src=10.1.2.3', at],
    ['CEF:0|V|P|1|D|E|9|rt=Nov 28 2026 05:28:02 act=deny src=10.1.2.3', at],
    ['CEF:0|V|P|1|D|E|9|rt=Nov 28 2026 00:28:02.000 EST act=deny src=10.1.2.3', at],
    ['CEF:0|V|P|1|D|E|9|rt=Nov 28 2026 00:28:02 Nowhere act=deny src=10.1.2.3', undefined],
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
  ['CEF:0|V|P|1|D|E|9|rt=Nov 28 2026 05:28:02 src=10.1.2.3', '2026-11-28T05:28:02.000Z', []],
])('a time without a year is of when it was received: %s', (line, time, flags) => {
  const place = { topic: 'ingest.acme.fw', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 28, 12) };
  const [event] = readMessage(Buffer.from(line), place, firewall).events;
  expect([new Date(event?.occurredAt ?? 0).toISOString(), event?.flags]).toEqual([time, flags]);
});

describe('who comes and goes, as Palo Alto says', () => {
  it.each<[string, number, number]>([
    ['1,t,s,USERID,login,2049,2026/11/28 05:28:02,vsys1,10.1.2.3,example\\ada,,0,1,1,0,0,vpn,gp,7,0x8', 3002, 1],
    ['1,t,s,USERID,logout,2049,2026/11/28 05:28:02,vsys1,10.1.2.3,example\\ada,,0,1,1,0,0,vpn,gp,7,0x8', 3002, 2],
    [
      '1,t,s,GLOBALPROTECT,0,2561,2026/11/28 05:28:02,vsys1,gateway-auth,login,,,example\\ada,FR,ws1,10.1.2.3,0.0.0.0,x',
      3002,
      1,
    ],
    [
      '1,t,s,GLOBALPROTECT,0,2561,2026/11/28 05:28:02,vsys1,gateway-logout,logout,,,example\\ada,FR,ws1,10.1.2.3,0.0.0.0,x',
      3002,
      2,
    ],
    [
      '1,t,s,GLOBALPROTECT,0,2561,2026/11/28 05:28:02,vsys1,portal-getconfig,x,,,example\\ada,FR,ws1,10.1.2.3,0.0.0.0,x',
      0,
      0,
    ],
  ])('is a logon or none: %s', (line, classUid, activityId) =>
    expect(read(line)).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 28, 5, 28, 2),
      entity: 'ip:10.1.2.3',
      ocsf: { classUid, activityId, actor: { userName: 'example\\ada' } },
    }),
  );
});

describe('lines of firewalls', () => {
  it('become events', () => {
    const lines = Buffer.from(
      [
        '<189>date=2026-11-02 time=10:20:00 tz="+0100" devname="fw1" type="traffic" srcip=203.0.113.9 srcport=4444 dstip=10.1.2.3 dstport=3389 action="deny"',
        '<189>Nov  2 10:00:00 fw2 CEF:0|Acme|Wall|1.0|100|traffic|3|rt=1793611200250 act=allow src=10.1.2.3 dst=203.0.113.9 dpt=443',
      ].join('\n'),
    );
    const found = firewall
      .split(lines)
      .map((piece) => firewall.normalise(JSON.parse(String(piece)) as NativeObject, piece));
    expect(found[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity: 'ip:10.1.2.3',
      ocsf: { activityId: 5, device: { hostname: 'fw1' }, dst: { ip: '10.1.2.3', port: 3389 } },
    });
    expect(found[1]).toMatchObject({
      occurredAt: 1_793_611_200_250,
      entity: 'ip:10.1.2.3',
      ocsf: { activityId: 1, dst: { port: 443 } },
    });
  });
});
