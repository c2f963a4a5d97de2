import type { VisibilityRecordGap, VisibilityRecordReturn } from '#contracts';
import { scenario, testContext } from '#libs/testing';
import { visibilityStream } from './decider.js';
import { gapFinding } from './gap-finding.js';

const { now } = testContext;
const asked: VisibilityRecordGap = {
  type: 'visibility.record-gap',
  gapId: 'g1',
  kind: 'SOURCE_SILENT',
  severity: 'HIGH',
  source: 'edr',
  sourceKind: 'WINDOWS',
  assetId: '',
  host: '',
  since: 1_000,
  figures: [{ name: 'lastEventAt', value: 1_000 }],
};
const found = { ...asked, type: 'visibility.gap-found' as const, at: now };
const over: VisibilityRecordReturn = {
  type: 'visibility.record-return',
  gapId: 'g1',
  ending: 'DATA_RETURNED',
  observedAt: 9_000,
  figures: [],
};
const { kind, source, assetId, host, since } = asked;
const { ending, gapId, figures } = over;
const ended = {
  gapId,
  ending,
  figures,
  observedAt: 9_000,
  type: 'visibility.gap-ended' as const,
  kind,
  source,
  assetId,
  host,
  since,
  at: now,
};
const given = scenario(visibilityStream).given;

describe('a gap', () => {
  it('is found once', () => {
    given().when(asked).then(found);
    given(found)
      .when({ ...asked, figures: [] })
      .then();
  });
  it('is over once, and only when it was found', () => {
    given(found).when(over).then(ended);
    given(found, ended).when(over).then();
    given(found, ended).when(asked).then();
    given().when(over).refuses('was not found');
  });
  it('becomes one finding with its numbers', () => {
    const finding = gapFinding('acme', found);
    expect(finding).toMatchObject({
      rule: { id: 'vigie.source-silent', title: 'Telemetry source edr is silent' },
      severity: 'HIGH',
      explanation: [{ field: 'lastEventAt', value: '1970-01-01T00:00:01.000Z' }],
    });
    expect(gapFinding('acme', { ...found, at: now + 1 })?.findingId).toBe(finding?.findingId);
    expect(gapFinding('globex', found)?.findingId).not.toBe(finding?.findingId);
    expect(gapFinding('acme', { ...found, kind: 'UNKNOWN' })).toBeUndefined();
  });
});
