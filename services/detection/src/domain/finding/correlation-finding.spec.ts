import type { DetectionMatch } from '#contracts';
import type { Fired } from '#libs/sigma';
import { correlatedIdOf } from '#libs/rules';
import { attachmentOf, correlatedFinding, noteOf } from './correlation-finding.js';
import { asset, at, context, detection, event, hit, minutes } from '../../../test/domain-samples.js';
import { fedGroups, matchedFacts } from '../hits/correlation-matches.js';
import type { CorrelationFeed } from '#libs/rules';

const matchOf = (special: Partial<DetectionMatch> = {}): DetectionMatch => ({
  node: 0,
  ruleId: 'rule-1',
  eventId: 'e1',
  occurredAt: at,
  ingestedAt: at + 5_000,
  entity: 'host:dc1',
  entities: [{ kind: 'user', value: 'bob' }],
  values: {},
  context: null,
  native: Buffer.from('{"n":1}'),
  ...special,
});
const sample = (eventId: string, offset: number, special: Partial<DetectionMatch> = {}) => ({
  eventId,
  ruleId: 'rule-1',
  at: at + offset,
  note: noteOf(matchOf({ eventId, ...special }), { source: 'edr', kind: 'WINDOWS' }),
  attachment: attachmentOf(matchOf(special)),
});
const fired = (special: Partial<Fired> = {}): Fired => ({
  correlationId: 'c',
  scope: 'acme',
  group: { TargetUserName: 'ada', IpAddress: '203.0.113.9' },
  groupKey: 'TargetUserName=ada IpAddress=203.0.113.9',
  windowStart: at,
  windowEnd: at + minutes(10),
  firstAt: at,
  lastAt: at + 2,
  value: 2,
  samples: [sample('e1', 1), sample('e2', 2)],
  ...special,
});
const finding = (special: Partial<Fired> = {}) =>
  correlatedFinding(fired(special), detection({ id: 'c' }), {
    how: 'event_count',
    titleOf: (id) => (id === 'rule-1' ? 'A failed logon' : id),
    now: at + minutes(11),
  });

describe('the finding of a correlation', () => {
  it('is named by tenant, correlation, group and the end of its window', () => {
    const id = correlatedIdOf(fired());
    expect(correlatedIdOf(fired({ samples: [], firstAt: 5, value: 9 }))).toBe(id);
    for (const other of [{ scope: 'globex' }, { correlationId: 'd' }, { groupKey: 'x' }, { windowEnd: at }])
      expect(correlatedIdOf(fired(other))).not.toBe(id);
  });
  it('is about its group first, then about its events', () =>
    expect(finding().entities.map(({ kind, value }) => `${kind}:${value}`)).toEqual([
      'user:ada',
      'ip:203.0.113.9',
      'host:dc1',
      'user:bob',
    ]));
  it('knows addresses, hosts, mailboxes and users by name or form', () => {
    const group = {
      'actor.alternateId': 'ada@example.test',
      src_ip: '10.1.2.3',
      Computer: 'ws5',
      dest_port: '445',
      remote: 'fe80:1::2',
    };
    expect(finding({ group, samples: [sample('e1', 1, { entity: '', entities: [] })] }).entities).toEqual(
      expect.arrayContaining([
        { kind: 'ip', value: '10.1.2.3' },
        { kind: 'host', value: 'ws5' },
        { kind: 'user', value: 'ada@example.test' },
      ]),
    );
  });
  it('says which rules and events it rests on', () =>
    expect(finding().explanation).toEqual([
      { selection: 'event_count', field: 'measured', value: '2 in 600 s' },
      { selection: 'group-by', field: 'TargetUserName', value: 'ada' },
      { selection: 'group-by', field: 'IpAddress', value: '203.0.113.9' },
      { selection: 'A failed logon', field: new Date(at + 1).toISOString(), value: 'e1' },
      { selection: 'A failed logon', field: new Date(at + 2).toISOString(), value: 'e2' },
    ]));
  it('embeds its events, and says when some are missing', () => {
    expect(finding()).toMatchObject({
      eventsTruncated: false,
      occurredAt: at,
      ingestedAt: at + 5_000,
      source: 'edr',
      kind: 'WINDOWS',
    });
    expect(finding().events.map(({ native }) => native.toString())).toEqual(['{"n":1}', '{"n":1}']);
    const bytes = Buffer.from([0x7b, 0xc3, 0xa9, 0xff, 0x7d]);
    expect(finding({ samples: [sample('e1', 1, { native: bytes })] }).events[0]?.native).toEqual(bytes);
    expect(finding({ value: 30 }).eventsTruncated).toBe(true);
    expect(finding({ samples: [sample('e1', 1, { native: Buffer.alloc(0) }), sample('e2', 2)] }).eventsTruncated).toBe(
      true,
    );
  });
  it('weighs more on a critical asset', () =>
    expect([
      finding().severity,
      finding({ samples: [sample('e1', 1, { context: context({ asset: asset('CRITICAL') }) })] }).severity,
    ]).toEqual(['HIGH', 'CRITICAL']));
});

describe('what feeds correlations', () => {
  const feed = (special: Partial<CorrelationFeed> = {}): CorrelationFeed => ({
    correlationId: 'c',
    node: 0,
    group: ['ada'],
    values: { user: 'Ada' },
    waits: { kinds: [], horizonMs: 0, stepMs: 1 },
    ...special,
  });
  it('goes to its group, in the order of the events', () => {
    const fed = fedGroups('acme', [
      hit(1, { feeds: [feed()] }),
      hit(2, { feeds: [feed({ group: ['bob'] })] }),
      hit(3, { feeds: [feed(), feed({ correlationId: 'd' })] }),
      hit(4),
    ]);
    expect(fed.map(({ matches }) => matches.map(({ eventId }) => eventId))).toEqual([
      ['event-1', 'event-3'],
      ['event-2'],
      ['event-3'],
    ]);
    expect(new Set(fed.map(({ detectionId }) => detectionId)).size).toBe(3);
    expect(fedGroups('globex', [hit(1, { feeds: [feed()] })])[0]?.detectionId).not.toBe(fed[0]?.detectionId);
  });
  it('leaves large events behind', () => {
    const large = hit(1, { event: event(1, { native: Buffer.alloc(3_000) }), feeds: [feed()] });
    expect(fedGroups('acme', [large])[0]?.matches[0]?.native).toHaveLength(0);
  });
  it('is cut into facts of two hundred', () => {
    const many = Array.from({ length: 450 }, (_, index) => hit(index, { feeds: [feed()] }));
    const [fed] = fedGroups('acme', many);
    expect(
      fed &&
        matchedFacts({ tenant: 'acme', source: 'edr', kind: 'WINDOWS' }, fed, { stream: '0', upTo: 0, heardAt: 0 }).map(
          ({ matches }) => matches.length,
        ),
    ).toEqual([200, 200, 50]);
  });
});
