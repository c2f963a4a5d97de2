import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { suricata } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'eve.jsonl'));
const events = suricata
  .split(bytes)
  .map((piece) => suricata.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Suricata', () => {
  it('reads an alert about our side', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 47),
      entity: 'ip:10.1.1.5',
      ocsf: {
        categoryUid: 2,
        classUid: 2004,
        severityId: 4,
        message: 'alert: ET MALWARE beacon 203.0.113.66 -> 10.1.1.5',
        src: { ip: '203.0.113.66', port: 443 },
        dst: { ip: '10.1.1.5', port: 51000 },
      },
    });
  });

  it('reads names, addresses and hashes of protocol records', () => {
    expect(events[1]).toMatchObject({ ocsf: { classUid: 4003 } });
    expect(events[1]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'domain', value: 'c2.example.test' },
        { kind: 'ip-address', value: '203.0.113.66' },
      ]),
    );
    expect(events[2]?.observables).toContainEqual({ kind: 'url', value: 'http://c2.example.test/stage2' });
    expect(events[3]?.observables).toContainEqual({ kind: 'file-hash', value: 'cd'.repeat(32) });
  });

  it.each(['constructor', 'toString', '__proto__'])('takes the type %s for one it does not know', (type) => {
    expect(suricata.normalise({ event_type: type }, Buffer.from('{}')).ocsf).toMatchObject({
      categoryUid: 0,
      classUid: 0,
      activityId: 0,
    });
  });

  it('reads an address with a zone that not every reader of addresses knows', () => {
    expect(suricata.normalise({ src_ip: 'fe80::1%eth-0', dest_ip: '10.1.1.5' }, Buffer.from('{}'))).toMatchObject({
      entity: 'ip:10.1.1.5',
    });
  });

  it.each<[string, NativeObject, number | undefined]>([
    ['with a zone', { timestamp: '2026-11-28T09:56:08.167548-0500' }, Date.UTC(2026, 10, 28, 14, 56, 8, 167)],
    [
      'with the words Windows has for it',
      { timestamp: '2026-06-28T09:56:08.167548Eastern Daylight Time' },
      Date.UTC(2026, 5, 28, 13, 56, 8, 167),
    ],
    ['in a zone nobody knows', { timestamp: '2026-06-28T09:56:08.167548Somewhere Time' }, undefined],
    ['of a day that is none', { timestamp: '1900-01-00T00:00:14.199185+0000' }, undefined],
    [
      'inside what AWS wraps around it',
      { event: { timestamp: '2026-11-28T09:56:08+0000' } },
      Date.UTC(2026, 10, 28, 9, 56, 8),
    ],
    ['only around it', { event_timestamp: '1795843682', event: {} }, Date.UTC(2026, 10, 28, 5, 28, 2)],
    ['nowhere', {}, undefined],
  ])('reads a time %s', (_, event, at) => expect(suricata.normalise(event, Buffer.from('{}')).occurredAt).toBe(at));

  it('reads the record that AWS Network Firewall wraps', () => {
    const event = { event_type: 'netflow', src_ip: '192.0.2.5', dest_ip: '10.6.6.6', proto: 'TCP' };
    expect(
      suricata.normalise({ firewall_name: 'nfw', event_timestamp: '1795843682', event }, Buffer.from('{}')),
    ).toMatchObject({ entity: 'ip:10.6.6.6', ocsf: { classUid: 4001, dst: { ip: '10.6.6.6' } } });
  });

  it('keeps statistics as base events', () => {
    expect(events[4]).toMatchObject({ entity: 'ip:unknown', ocsf: { classUid: 0 } });
  });

  it('reads what was asked and answered in lists, and the method of a request', () => {
    const dns = {
      queries: [{ rrname: 'a.example', rrtype: 'A' }],
      answers: [{ rdata: '203.0.113.9' }, { rdata: 'b' }],
    };
    expect(suricata.normalise({ event_type: 'dns', dns }, Buffer.from('{}')).observables).toEqual([
      { kind: 'domain', value: 'a.example' },
      { kind: 'ip-address', value: '203.0.113.9' },
    ]);
    const request = { event_type: 'http', http: { http_method: 'POST', hostname: 'a.example', url: '/' } };
    expect(suricata.normalise(request, Buffer.from('{}')).ocsf).toMatchObject({ classUid: 4002, activityId: 6 });
  });
});
