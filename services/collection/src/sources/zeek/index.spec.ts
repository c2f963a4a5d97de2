import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { zeek } from './index.js';

const events = zeek
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => zeek.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Zeek', () => {
  it('reads a connection about our side', () => {
    expect(events[0]).toMatchObject({
      occurredAt: 1_793_611_200_250,
      entity: 'ip:10.1.2.3',
      ocsf: {
        categoryUid: 4,
        classUid: 4001,
        activityId: 6,
        src: { ip: '10.1.2.3', port: 51_000 },
        dst: { ip: '203.0.113.9', port: 443 },
        message: 'conn: ssl 10.1.2.3 -> 203.0.113.9',
      },
    });
  });
  it('reads requests, names, answers and files', () => {
    expect(events[1]).toMatchObject({
      ocsf: { classUid: 4002, activityId: 3, dst: { hostname: 'evil.example.test' } },
    });
    expect(events[1]?.observables).toContainEqual({ kind: 'url', value: 'http://evil.example.test/stage2.exe' });
    expect(events[2]).toMatchObject({ entity: 'ip:10.1.2.3', ocsf: { classUid: 4003 } });
    expect(events[2]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'domain', value: 'evil.example.test' },
        { kind: 'ip-address', value: '203.0.113.9' },
      ]),
    );
    expect(events[3]).toMatchObject({
      entity: 'ip:10.1.2.3',
      ocsf: { classUid: 4010, file: { path: 'stage2.exe', sha256: 'cd'.repeat(32) } },
    });
  });
  it('takes a notice for a finding, also with nested addresses', () => {
    expect(events[4]).toMatchObject({
      entity: 'ip:10.1.2.3',
      ocsf: { classUid: 2004, severityId: 3, message: 'notice: SSH::Password_Guessing 203.0.113.9 -> 10.1.2.3' },
    });
  });
  it.each([
    ['seconds', 1795843682.123456],
    ['seconds as text', '1795843682.123456'],
    ['milliseconds', 1795843682123],
    ['milliseconds as text', '1795843682123'],
    ['ISO 8601', '2026-11-28T05:28:02.123456Z'],
  ])('reads a time in %s', (_, ts) => {
    const event = { _path: 'conn', ts, id: { orig_h: '10.1.2.3', resp_h: '203.0.113.9' } };
    expect(zeek.normalise(event, Buffer.from('{}'))).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 28, 5, 28, 2, 123),
      entity: 'ip:10.1.2.3',
      ocsf: { classUid: 4001, dst: { ip: '203.0.113.9' } },
    });
  });
  it('keeps logs about itself as base events', () =>
    expect(events[5]).toMatchObject({ entity: 'ip:unknown', ocsf: { classUid: 0 } }));
  it.each<[string, number, object]>([
    ['conn', 4001, { conn_state: 'SF', proto: 'tcp' }],
    ['dns', 4003, { query: 'a.example', qclass_name: 'C_INTERNET' }],
    ['http', 4002, { method: 'GET', host: 'a.example', uri: '/' }],
    ['ssl', 4001, { version: 'TLSv12', server_name: 'a.example' }],
    ['unknown', 0, { method: 'REGISTER' }],
  ])("knows a line of %s as Zeek's own writer leaves it, which does not name its log", (log, classUid, said) => {
    const event = { ts: 1795843682.1, uid: 'C1', 'id.orig_h': '10.1.2.3', 'id.resp_h': '203.0.113.9', ...said };
    const { ocsf } = zeek.normalise(event, Buffer.from('{}'));
    expect(ocsf).toMatchObject({ classUid, message: expect.stringMatching(new RegExp(`^${log}: `)) as unknown });
  });
});
