import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../source.js';
import { firewall } from './index.js';

const events = firewall.split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl'))).map((piece) => firewall.normalise(JSON.parse(String(piece)) as JsonObject, piece));

describe('firewalls', () => {
  it("reads Fortinet's names, and is about our side", () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20), entity: 'ip:10.1.2.3',
      ocsf: { classUid: 4001, activityId: 5, device: { hostname: 'fw1' }, src: { ip: '203.0.113.9', port: 4444 }, dst: { ip: '10.1.2.3', port: 3389 }, message: 'deny: 203.0.113.9 -> 10.1.2.3:3389' },
    });
  });
  it("reads CEF's names", () => {
    expect(events[1]).toMatchObject({ occurredAt: 1_793_611_200_250, entity: 'ip:10.1.2.3', ocsf: { activityId: 1, device: { hostname: 'fw2' }, actor: { userName: 'example\\ada' } } });
  });
  it('reads ECS', () => expect(events[2]).toMatchObject({ occurredAt: Date.UTC(2026, 10, 2, 9, 20, 0, 250), ocsf: { device: { hostname: 'fw3' }, dst: { port: 22 } } }));
});
