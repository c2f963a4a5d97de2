import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockAt } from '#libs/sigma';
import type { NativeObject, NormalisedEvent } from '../source.js';
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

const read = (event: NativeObject): NormalisedEvent => dns.normalise(event, Buffer.from(JSON.stringify(event)));

describe('DNS of any resolver', () => {
  it.each<[string, NativeObject, object]>([
    [
      "BIND's own time",
      {
        message:
          '28-Nov-2026 19:00:00.123 client @0x7f1 10.0.0.5#5353 (a.example): query: a.example IN A +E(0)K (10.0.0.53)',
      },
      {
        entity: 'ip:10.0.0.5',
        writtenTime: clockAt(Date.UTC(2026, 10, 28, 19, 0, 0, 123)),
        ocsf: { activityId: 1, dst: { ip: '10.0.0.53' } },
      },
    ],
    [
      'denied',
      { message: "client @0x7f1 10.0.0.5#5353 (a.example): query (cache) 'a.example/A/IN' denied" },
      { entity: 'ip:10.0.0.5', ocsf: { severityId: 2, message: 'denied: A a.example' } },
    ],
    [
      'Route 53',
      {
        query_timestamp: '2026-11-28T19:00:00Z',
        query_name: 'a.example.',
        query_type: 'A',
        rcode: 'NOERROR',
        answers: [{ Rdata: '192.0.2.9', Type: 'A' }],
        srcaddr: '10.0.0.5',
      },
      {
        entity: 'ip:10.0.0.5',
        occurredAt: Date.UTC(2026, 10, 28, 19),
        observables: [
          { kind: 'ip-address', value: '10.0.0.5' },
          { kind: 'domain', value: 'a.example' },
          { kind: 'ip-address', value: '192.0.2.9' },
        ],
        ocsf: { activityId: 2, message: 'A a.example: NOERROR' },
      },
    ],
    [
      'an answer as a sensor sees it',
      {
        src_ip: '10.0.0.53',
        src_port: 53,
        dest_ip: '10.0.0.5',
        dest_port: 5353,
        dns: { rrname: 'a.example', rcode: 'NOERROR' },
      },
      { entity: 'ip:10.0.0.5', ocsf: { src: { ip: '10.0.0.5', port: 5353 }, dst: { ip: '10.0.0.53', port: 53 } } },
    ],
    [
      'Google Cloud',
      {
        timestamp: '2026-11-28T19:00:00Z',
        jsonPayload: {
          queryName: 'a.example.',
          queryType: 'A',
          sourceIP: '10.0.0.5',
          rdata: 'a.example.\t300\tIN\ta\t192.0.2.9',
        },
      },
      {
        entity: 'ip:10.0.0.5',
        observables: expect.arrayContaining([{ kind: 'ip-address', value: '192.0.2.9' }]) as unknown,
        ocsf: { activityId: 2 },
      },
    ],
    [
      'a name that is none',
      { src_ip: '10.0.0.5', query: 'a b' },
      { observables: [{ kind: 'ip-address', value: '10.0.0.5' }] },
    ],
    [
      'a resolver about itself',
      { message: '[1795892400] unbound[123:0] info: start of service (unbound 1.19.0).' },
      { entity: 'ip:unknown', observables: [], ocsf: { classUid: 0 } },
    ],
  ])('says who asked, when and what: %s', (_, event, expected) => expect(read(event)).toMatchObject(expected));

  it("reads a log of Zeek's with its header", () => {
    const log =
      '#separator \\x09\n#path\tdns\n#fields\tts\tid.orig_h\tquery\n#types\ttime\taddr\tstring\n1795892400.5\t10.0.0.5\ta.example\n';
    expect(dns.split(Buffer.from(log)).map(String)).toEqual([
      '{"_path":"dns","ts":1795892400.5,"id.orig_h":"10.0.0.5","query":"a.example"}',
    ]);
  });
});
