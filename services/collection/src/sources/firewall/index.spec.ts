import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject, NormalisedEvent } from '../source.js';
import { firewall } from './index.js';

const events = firewall
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => firewall.normalise(JSON.parse(String(piece)) as NativeObject, piece));

it.each([
  ['203.0.113.9', 'ip:203.0.113.9'],
  ['0.0.0.0', 'host:fw1'],
])('what %s does is of %s, for no address is nobody’s', (src, entity) => {
  const event = { src, dst: '198.51.100.7', dvchost: 'fw1', action: 'deny' };
  expect(firewall.normalise(event, Buffer.from(JSON.stringify(event))).entity).toBe(entity);
});

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
      99,
    ],
  ])('is a logon or none: %s', (line, classUid, activityId) =>
    expect(read(line)).toMatchObject({
      writtenTime: { year: 2026, month: 11, day: 28, hours: 5, minutes: 28, seconds: 2 },
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
