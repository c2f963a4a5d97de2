import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { lookout } from './index.js';

const events = lookout
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => lookout.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Lookout', () => {
  it('reads a threat on a device', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20, 0, 250),
      entity: 'device:d56816b8',
      ocsf: {
        classUid: 2004,
        severityId: 4,
        message: 'THREAT: An application records calls',
        actor: { userName: 'ada@example.test' },
        file: { path: '/data/app/com.example.notes', sha256: 'cd'.repeat(32) },
      },
    });
    expect(events[0]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'resource-uid', value: 'D56816B8' },
        { kind: 'email-address', value: 'ada@example.test' },
        { kind: 'file-hash', value: 'cd'.repeat(32) },
      ]),
    );
  });
  it('reads the state of a device', () =>
    expect(events[1]).toMatchObject({ entity: 'device:d2', ocsf: { classUid: 5001, severityId: 1 } }));
  it('is about the administrator in the audit log', () =>
    expect(events[2]).toMatchObject({
      entity: 'user:admin@example.test',
      ocsf: { classUid: 6003, message: 'AUDIT: POLICY' },
    }));
});
