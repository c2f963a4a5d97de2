import type { ActionFact, CaseFact, ClusteringFact, FindingFact, FindingRaised } from '#contracts';
import type { Heard, Typed, View } from '#libs/model';
import { heard, showing } from '#libs/testing';
import { aSummary, minute } from '../../test/samples.js';
import { actionJournal, caseJournal, findingJournal, hostJournal, huntJournal } from './index.js';

const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const at = <M extends Typed>(version: number, message: M): Heard<M> =>
  heard(message, { sequence: { version, index: 0, count: 1 } });

/** Interleaves streams in a way that depends on the seed, each in its own order. */
const interleaved = <T>(streams: T[][], seed: number): T[] => {
  const rest = streams.map((stream) => [...stream]);
  const order: T[] = [];
  for (let turn = seed; rest.some((stream) => stream.length); turn = (turn * 1_103_515_245 + 12_345) % 2_147_483_648) {
    const next = rest[turn % rest.length]!.shift();
    if (next) order.push(next);
  }
  return order;
};

const sameInAnyOrder = <Doc, Fact extends Typed>(view: View<Doc, Fact>, streams: Heard<Fact>[][]): void => {
  const expected = showing(view).of(...streams.flat());
  for (let seed = 1; seed <= 50; seed += 1) {
    const order = interleaved(streams, seed);
    expect(showing(view).of(...order)).toEqual(expected);
    expect(showing(view).of(...order, ...order)).toEqual(expected);
  }
};

const opened: CaseFact = {
  type: 'case.opened',
  caseId: 'c1',
  number: 7,
  title: 'PsExec',
  description: '',
  severity: 'HIGH',
  priority: 80,
  because: 'workstation',
  findings: [aSummary()],
  entities: [],
  clocks: [],
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at: minute(0),
};
it('the journal of a case stays a small document, whatever happens to it', () => {
  const huge = 'x'.repeat(440_000);
  const facts = Array.from(
    { length: 2_000 },
    (_, index): Heard<CaseFact> =>
      at<CaseFact>(
        index + 2,
        index % 2
          ? {
              type: 'case.message-posted',
              caseId: 'c1',
              messageId: `m${index}`,
              kind: 'MESSAGE',
              text: huge,
              inReplyTo: null,
              by: ada,
              at: minute(index),
            }
          : {
              type: 'case.findings-added',
              caseId: 'c1',
              findings: [{ ...aSummary(), findingId: `f${index}`, title: huge }],
              entities: [],
              because: '',
              at: minute(index),
            },
      ),
  );
  const doc = showing(caseJournal).of(at<CaseFact>(1, opened), ...facts)['c1'];
  expect(JSON.stringify(doc).length).toBeLessThan(4_000_000);
  expect([doc?.findings[0]?.findingId, doc?.messages.at(-1)?.messageId, doc?.statuses.length]).toEqual([
    'f1',
    'm1999',
    1,
  ]);
});

const caseStream: Heard<CaseFact>[] = [
  at<CaseFact>(1, opened),
  at<CaseFact>(2, { type: 'case.acknowledged', caseId: 'c1', by: ada, at: minute(4) }),
  at<CaseFact>(3, {
    type: 'case.status-changed',
    caseId: 'c1',
    from: 'NEW',
    to: 'ON_HOLD',
    onHoldReason: 'AWAITING_CUSTOMER',
    clocks: [],
    by: ada,
    at: minute(6),
  }),
  at<CaseFact>(4, { type: 'case.findings-removed', caseId: 'c1', findingIds: ['f1'], toCaseId: 'c2', at: minute(7) }),
  at<CaseFact>(5, {
    type: 'case.status-changed',
    caseId: 'c1',
    from: 'ON_HOLD',
    to: 'CLOSED',
    onHoldReason: 'NONE',
    clocks: [],
    by: ada,
    at: minute(9),
  }),
  at<CaseFact>(6, {
    type: 'case.closed',
    caseId: 'c1',
    verdict: 'TRUE_POSITIVE',
    reason: 'NONE',
    summary: 'stopped',
    impact: false,
    by: ada,
    at: minute(9),
  }),
];

describe('the journal of cases', () => {
  it('keeps the instant of every change', () => {
    const { c1 } = showing(caseJournal).of(...caseStream);
    expect(c1).toMatchObject({ applied: [6, 0], number: 7, openedAt: minute(0), acknowledgedAt: [minute(4)] });
    expect(c1?.statuses.map(({ status, at: when }) => [status, when])).toEqual([
      ['NEW', minute(0)],
      ['ON_HOLD', minute(6)],
      ['CLOSED', minute(9)],
    ]);
    expect(c1?.findings[0]).toMatchObject({ addedAt: minute(0), removedAt: minute(7) });
    expect(c1?.closings).toEqual([
      { verdict: 'TRUE_POSITIVE', reason: 'NONE', summary: 'stopped', impact: false, rootCause: null, at: minute(9) },
    ]);
  });
  it('is the same however streams mix, and when everything is heard twice', () => {
    const other = caseStream.map(({ message, envelope }) => ({ envelope, message: { ...message, caseId: 'c2' } }));
    sameInAnyOrder(caseJournal, [caseStream, other]);
  });
  it('knows nothing of a case that was not opened', () => expect(showing(caseJournal).of(caseStream[1]!)).toEqual({}));
});

describe('the journal of actions', () => {
  const target = { kind: 'HOST', id: 'ws-01', entity: 'host:ws-01' } as const;
  const stream: Heard<ActionFact>[] = [
    at<ActionFact>(1, {
      type: 'action.proposed',
      actionId: 'a1',
      caseId: 'c1',
      actionClass: 'isolate-host',
      openc2Action: 'contain',
      reactId: 'RA3001',
      d3fend: 'D3-NI',
      inverse: 'release-host',
      target,
      severity: 'HIGH',
      confidence: 80,
      assetGroups: [],
      reason: 'PsExec',
      ttlMinutes: 60,
      detectedAt: minute(-1),
      by: ada,
      at: minute(1),
    }),
    at<ActionFact>(2, {
      type: 'action.decided',
      actionId: 'a1',
      caseId: 'c1',
      decision: 'ASK',
      rule: 'mode',
      because: 'COLLABORATE',
      policyVersion: 1,
      at: minute(1),
    }),
    at<ActionFact>(3, {
      type: 'action.approved',
      actionId: 'a1',
      caseId: 'c1',
      comment: 'go',
      by: { subject: 'bo', side: 'CUSTOMER' },
      at: minute(5),
    }),
    at<ActionFact>(4, {
      type: 'action.verified',
      actionId: 'a1',
      caseId: 'c1',
      actionClass: 'isolate-host',
      target,
      effective: true,
      evidence: 'no traffic',
      at: minute(8),
    }),
  ];
  it('says who agreed and what was seen', () =>
    expect(showing(actionJournal).of(...stream)['a1']).toMatchObject({
      actionClass: 'isolate-host',
      approved: { by: { subject: 'bo' }, at: minute(5) },
      verified: [{ effective: true, at: minute(8) }],
    }));
  it('is the same however streams mix', () =>
    sameInAnyOrder(actionJournal, [
      stream,
      stream.map(({ message, envelope }) => ({ envelope, message: { ...message, actionId: 'a2' } })),
    ]));
});

describe('the journal of findings', () => {
  const raised: FindingRaised = {
    type: 'finding.raised',
    findingId: 'f1',
    rule: { id: 'r1', title: 'PsExec', level: 'HIGH', description: '', falsePositives: [], runbook: '' },
    groupKey: 'ws-01',
    windowStart: 0,
    windowEnd: 1,
    severity: 'HIGH',
    confidence: 80,
    techniques: ['T1569.002'],
    tactics: [],
    entities: [],
    source: 'endpoint',
    kind: 'WINDOWS',
    occurredAt: 1,
    ingestedAt: 2,
    detectedAt: 3,
    events: [],
    eventsTruncated: false,
    explanation: [],
    assets: [],
    identities: [],
    indicators: [],
  };
  const findings: Heard<FindingFact | ClusteringFact>[] = [
    heard<FindingFact>(raised),
    heard<FindingFact>({ type: 'finding.repeated', findingId: 'f1', count: 3, lastOccurredAt: 4, at: 5 }),
  ];
  const clustering: Heard<FindingFact | ClusteringFact>[] = [
    at<ClusteringFact>(1, {
      type: 'clustering.finding-placed',
      finding: aSummary(),
      caseId: 'c1',
      number: 1,
      opened: true,
      because: '',
      at: 6,
    }),
    at<ClusteringFact>(2, {
      type: 'clustering.cases-merged',
      fromCaseId: 'c1',
      intoCaseId: 'c2',
      findings: [aSummary()],
      reason: '',
      by: ada,
      at: 7,
    }),
  ];
  it('tells what was seen, how often and where it lies', () =>
    expect(showing(findingJournal).of(...findings, ...clustering)['f1']).toMatchObject({
      raised: { ruleId: 'r1', detectedAt: 3 },
      counts: [{ count: 3, at: 5 }],
      places: [{ caseId: 'c1' }, { caseId: 'c2' }],
    }));
  it('is the same whichever stream is heard first', () => sameInAnyOrder(findingJournal, [findings, clustering]));
});

describe('the journal of hosts', () => {
  const seen = (host: string, first: number, last = first) => ({ host, firstOccurredAt: first, lastOccurredAt: last });
  const receipt = (...hosts: ReturnType<typeof seen>[]) =>
    heard({
      type: 'telemetry.received' as const,
      source: 'endpoint',
      topic: 't',
      partition: 0,
      fromOffset: 0,
      toOffset: 1,
      messages: 1,
      accepted: 1,
      dead: 0,
      bytes: 1,
      hosts,
    });
  const day = (...receipts: ReturnType<typeof receipt>[]) =>
    showing(hostJournal).of(...receipts)['endpoint@2026-11-16']?.hosts;
  it('keeps the first and last time a device told something on a day, in any order', () =>
    sameInAnyOrder(hostJournal, [
      [receipt(seen('ws-01', minute(5)))],
      [receipt(seen('ws-01', minute(1)), seen('dc-01', minute(1)))],
      [receipt(seen('ws-01', minute(9)))],
    ]));
  it('is the same when telemetry is read again in other pieces', () => {
    const pieces = [receipt(seen('dc-01', minute(1))), receipt(seen('ws-01', minute(2), minute(9)))];
    expect(day(...pieces, receipt(seen('dc-01', minute(1)), seen('ws-01', minute(2), minute(9))))).toEqual(
      day(...pieces),
    );
  });
  it('knows nothing when not told', () => {
    expect(showing(hostJournal).of(receipt())).toEqual({});
    expect(day(receipt(seen('ws-01', minute(1))))).toEqual([{ host: 'ws-01', first: minute(1), last: minute(1) }]);
  });
});

it('remembers a hunt that found nothing', () =>
  expect(
    showing(huntJournal).of(
      {
        type: 'hunt.asked',
        huntId: 'h1',
        hypothesis: 'H',
        technique: 'T1003',
        query: { from: 1, to: 2, source: '', filters: [], limit: 10 },
        by: ada,
        at: 3,
      },
      {
        type: 'hunt.finished',
        huntId: 'h1',
        hypothesis: 'H',
        technique: 'T1003',
        rows: 0,
        scanned: 50,
        elapsedMs: 9,
        at: 4,
      },
    )['h1'],
  ).toMatchObject({ askedAt: 3, finished: { rows: 0, scanned: 50, failure: null } }));
