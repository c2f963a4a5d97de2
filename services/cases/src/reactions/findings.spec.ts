import type { FindingRaised } from '#contracts';
import { hearing } from '#libs/testing';
import { one } from '../../test/reaction-samples.js';
import { placeFinding } from './findings.js';

const huge = 'x'.repeat(440_000);

it('every raised finding is placed, with the highest criticality of what it concerns', () => {
  const asset = {
    assetId: 'x',
    name: 'dc1',
    owner: '',
    unit: '',
    exposure: '',
    groups: ['domain-controllers'],
    criticality: 'CRITICAL',
  } as const;
  const raised = {
    ...one,
    type: 'finding.raised',
    rule: { id: 'r', title: 'T', level: 'HIGH', description: '', falsePositives: [], runbook: '' },
    assets: [{ ...asset, criticality: 'LOW' }, asset],
    identities: [],
    indicators: [],
  } as unknown as FindingRaised;
  expect(hearing(placeFinding).of(raised).asked[0]?.request.finding).toMatchObject({
    findingId: 'a',
    ruleId: 'r',
    title: 'T',
    criticality: 'CRITICAL',
    assetGroups: ['domain-controllers'],
    knownIndicator: false,
  });
});
it('a rule with huge texts and a host with huge names make a small summary', () => {
  const rule = { id: huge, title: huge, level: 'MEDIUM', description: huge, falsePositives: [], runbook: '' };
  const raised = {
    ...one,
    type: 'finding.raised',
    rule,
    source: huge,
    techniques: Array(500).fill(huge),
    tactics: [huge],
    entities: [{ kind: 'user', value: huge }, ...Array(5_000).fill({ kind: 'host', value: 'ws6' })],
    assets: [],
    identities: [],
    indicators: [],
  } as unknown as FindingRaised;
  const summary = hearing(placeFinding).of(raised).asked[0]?.request.finding;
  expect(JSON.stringify(summary).length).toBeLessThan(8_000);
  expect(summary?.entities[0]).toEqual({ kind: 'host', value: 'ws6' });
});
it('a rule of ours that was switched off opens no case at a customer', () => {
  const raised = {
    ...one,
    type: 'finding.raised',
    rule: { id: 'vigie.rule-disabled', title: 'T', level: 'MEDIUM', description: '', falsePositives: [], runbook: '' },
    assets: [],
    identities: [],
    indicators: [],
  } as unknown as FindingRaised;
  expect(hearing(placeFinding).of(raised).asked).toEqual([]);
});
