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

  it('keeps statistics as base events', () => {
    expect(events[4]).toMatchObject({ entity: 'ip:unknown', ocsf: { classUid: 0 } });
  });
});
