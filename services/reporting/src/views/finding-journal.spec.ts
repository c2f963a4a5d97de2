import type { ClusteringFact, FindingFact, FindingRaised } from '#contracts';
import type { Heard } from '#libs/model';
import { heard, showing } from '#libs/testing';
import { ada, at, sameInAnyOrder } from '../../test/fact-order.js';
import { aSummary } from '../../test/samples.js';
import { findingJournal } from './index.js';

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
      groupKey: '',
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
  it('was found when it was found first, however often and in whatever order it is raised', () => {
    const [first, again] = [
      heard<FindingFact>(raised),
      heard<FindingFact>({ ...raised, detectedAt: 9, ingestedAt: 8 }),
    ];
    for (const facts of [
      [first, again],
      [again, first],
    ])
      expect(showing(findingJournal).of(...facts)['f1']?.raised).toMatchObject({ detectedAt: 3, ingestedAt: 2 });
  });
  it('is the same whichever stream is heard first', () => sameInAnyOrder(findingJournal, [findings, clustering]));
});
