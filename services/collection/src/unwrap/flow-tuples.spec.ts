import type { SourceKind } from '#contracts';
import { cpuClock } from '#libs/testing';
import { AT, FLOW, jsonOf, logs, read } from '../../test/wrapped.js';

describe("tuples of Azure's flow logs", () => {
  const security = (...flowTuples: string[]): object => ({
    time: '2026-11-28T19:00:00Z',
    macAddress: '00',
    category: 'NetworkSecurityGroupFlowEvent',
    resourceId: '/X',
    properties: { Version: 2, flows: [{ rule: 'r', flows: [{ mac: '00', flowTuples }] }] },
  });
  const network = (...flowTuples: string[]): object => ({
    time: '2026-11-28T19:00:00Z',
    flowLogVersion: 4,
    category: 'FlowLogFlowEvent',
    flowRecords: { flows: [{ aclID: 'a', flowGroups: [{ rule: 'r', flowTuples }] }] },
  });
  const one = `${AT / 1000},203.0.113.9,10.0.0.5,44931,443,T,I,D,B,,,,`;
  const other = `${AT},203.0.113.9,10.0.0.5,44931,443,6,I,E,NX,5,600,4,500`;

  it.each<[SourceKind, object, number]>([
    ['FIREWALL', { records: [security(one, one)] }, 2],
    ['AZURE', { records: [security(one), security(one)] }, 2],
    ['FIREWALL', network(other), 1],
    ['AZURE', { records: [network(other, other)] }, 2],
  ])('are events of their own: %s', (kind, message, count) => {
    const { events, rejected } = read(kind, message);
    expect(rejected).toEqual([]);
    expect(events).toHaveLength(count);
    expect(events.map((event) => [event.occurredAt, event.entity, event.ocsf.classUid, event.flags])).toEqual(
      Array.from({ length: count }, () => [AT, 'ip:10.0.0.5', 4001, []]),
    );
  });

  it('keep what they and their record say', () => {
    expect(jsonOf(read('FIREWALL', security(one)).events[0]?.native)).toEqual({
      time: new Date(AT).toISOString(),
      macAddress: '00',
      category: 'NetworkSecurityGroupFlowEvent',
      resourceId: '/X',
      rule: 'r',
      mac: '00',
      flowTuple: one,
      sourceAddress: '203.0.113.9',
      destinationAddress: '10.0.0.5',
      sourcePort: '44931',
      destinationPort: '443',
      protocol: 'tcp',
      direction: 'inbound',
      action: 'denied',
      flowState: 'B',
    });
    expect(jsonOf(read('FIREWALL', network(other)).events[0]?.native)).toMatchObject({
      action: 'allowed',
      bytesReceived: '500',
      encryption: 'NX',
    });
  });

  it('are bounded where their record is long', () => {
    const spentMs = cpuClock();
    const record = { ...security(...Array.from({ length: 30_000 }, () => one)), resourceId: 'x'.repeat(1_000_000) };
    expect(read('FIREWALL', record).rejected.map(({ code }) => code)).toEqual(['TOO_LARGE']);
    expect(spentMs()).toBeLessThan(3_000);
  });
});

describe("AWS's flow records", () => {
  it.each<[string, unknown]>([
    ['as they are', Buffer.from(`${FLOW}\n`)],
    ['by CloudWatch', logs(FLOW)],
    ['under their header', Buffer.from('version srcaddr dstaddr end\n2 10.1.1.23 203.0.113.180 1795892342\n')],
  ])('are traffic: %s', (_, message) => {
    const { events, rejected } = read('FIREWALL', message);
    expect(rejected).toEqual([]);
    expect(events.map(({ occurredAt, entity, ocsf }) => [occurredAt, entity, ocsf.classUid])).toEqual([
      [AT, 'ip:10.1.1.23', 4001],
    ]);
  });
});
