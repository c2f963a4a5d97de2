import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { dns } from './index.js';

const events = dns
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => dns.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('DNS', () => {
  it('reads a query and its answer', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20, 0, 250),
      entity: 'ip:10.1.2.3',
      ocsf: { classUid: 4003, activityId: 2, message: 'A evil.example.test: NOERROR', dst: { ip: '10.1.1.1' } },
    });
    expect(events[0]?.observables).toEqual([
      { kind: 'ip-address', value: '10.1.2.3' },
      { kind: 'domain', value: 'evil.example.test' },
      { kind: 'ip-address', value: '203.0.113.9' },
    ]);
  });
  it("reads a resolver's own names, the dot at the end taken away", () => {
    expect(events[1]).toMatchObject({
      ocsf: { message: 'TXT x.evil.example.test: NXDOMAIN', device: { hostname: 'ns1.example.test' } },
    });
  });
  it('reads several answers in one text', () => {
    expect(events[2]?.observables.filter(({ kind }) => kind === 'ip-address').map(({ value }) => value)).toEqual([
      '10.1.2.3',
      '203.0.113.9',
      '203.0.113.10',
    ]);
  });
});
