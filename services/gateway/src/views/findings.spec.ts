import type { ClusteringCasesMerged, ClusteringFindingPlaced, FindingRaised, FindingRepeated } from '#contracts';
import type { Heard } from '#libs/model';
import { heard, showing } from '#libs/testing';
import { heardOf, idsOf, markOf, raisedOf, summaryOf, THEN } from '../../test/samples/index.js';
import { findingEvents, findings } from './findings.js';

const ids = idsOf('acme');
const ada = { subject: 'ada', side: 'PROVIDER' } as const;

describe('a finding', () => {
  type Shown = Heard<ClusteringCasesMerged | ClusteringFindingPlaced | FindingRaised | FindingRepeated>;
  const placed = heardOf('acme', 'clustering.finding-placed');
  const repeated = (count: number) =>
    heard<FindingRepeated>({
      type: 'finding.repeated',
      findingId: ids.finding,
      count,
      lastOccurredAt: THEN,
      at: THEN,
    });
  const merged = heard<ClusteringCasesMerged>({
    type: 'clustering.cases-merged',
    fromCaseId: ids.case,
    intoCaseId: 'into',
    findings: [summaryOf('acme')],
    reason: '',
    by: ada,
    at: THEN,
  });
  const raised = heard(raisedOf('acme'));

  it.each<[string, Shown[]]>([
    ['raised first', [raised, ...placed, merged, repeated(3), repeated(2)]],
    ['placed first', [...placed, repeated(2), merged, raised, repeated(3)]],
    ['raised in between, and again', [repeated(3), ...placed, raised, merged, raised, repeated(2)]],
  ])('ends the same whatever stream is heard first: %s', (_name, facts) => {
    expect(showing(findings).of(...facts)[ids.finding]).toEqual({
      ...showing(findings).of(raised)[ids.finding],
      raised: true,
      caseId: 'into',
      count: 3,
    });
  });
  it('is nothing to show before it was raised', () =>
    expect(showing(findings).of(...placed)[ids.finding]).toMatchObject({ raised: false, caseId: ids.case }));
  it('is the one that was found first, however often and in whatever order it is raised', () => {
    const later = { ...raisedOf('acme'), detectedAt: THEN + 90_000, severity: 'LOW' as const, events: [] };
    for (const facts of [
      [raised, heard(later)],
      [heard(later), raised],
    ]) {
      expect(showing(findings).of(...facts)[ids.finding]).toMatchObject({ detectedAt: THEN + 2, severity: 'HIGH' });
      expect(showing(findingEvents).of(...facts)[ids.finding]?.events).toHaveLength(1);
    }
  });
  it('keeps its events apart, in the words of the vendor, with what stood around them', () => {
    expect(showing(findings).of(raised)[ids.finding]).not.toHaveProperty('events');
    expect(showing(findingEvents).of(raised)[ids.finding]?.events).toMatchObject([
      { native: `{"a":"${markOf('acme')}"}`, envelope: '{"host":{"name":"ws6"}}' },
    ]);
  });
});

it('a finding shows techniques and tactics as its rule has them, known or not', () => {
  const raised = {
    ...raisedOf('acme'),
    techniques: ['T1685.001', 'T99999'],
    tactics: ['stealth', 'defense-impairment'],
    ruleVersion: '0123456789abcdef',
  };
  expect(showing(findings).of(raised)[ids.finding]).toMatchObject({
    techniques: ['T1685.001', 'T99999'],
    tactics: ['stealth', 'defense-impairment'],
    ruleVersion: '0123456789abcdef',
  });
});
