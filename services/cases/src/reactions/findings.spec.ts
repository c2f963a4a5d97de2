import type { Entity } from '#contracts';
import { hearing } from '#libs/testing';
import { raised } from '../../test/reaction-samples.js';
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
    criticality: 'CRITICAL' as const,
  };
  const fact = raised({ assets: [{ ...asset, criticality: 'LOW' }, asset] });
  expect(hearing(placeFinding).of(fact).asked[0]?.request.finding).toMatchObject({
    findingId: 'a',
    ruleId: 'r',
    title: 'T',
    criticality: 'CRITICAL',
    assetGroups: ['domain-controllers'],
    knownIndicator: false,
  });
});
it('a rule with huge texts and a host with huge names make a small summary', () => {
  const fact = raised({
    rule: { ...raised().rule, id: huge, title: huge, description: huge },
    source: huge,
    techniques: Array<string>(500).fill(huge),
    tactics: [huge],
    entities: [{ kind: 'user', value: huge }, ...Array<Entity>(5_000).fill({ kind: 'host', value: 'ws6' })],
  });
  const summary = hearing(placeFinding).of(fact).asked[0]?.request.finding;
  expect(JSON.stringify(summary).length).toBeLessThan(8_000);
  expect(summary?.entities[0]).toEqual({ kind: 'host', value: 'ws6' });
});
it('a rule of ours that was switched off opens no case at a customer', () => {
  const fact = raised({ rule: { ...raised().rule, id: 'vigie.rule-disabled' } });
  expect(hearing(placeFinding).of(fact).asked).toEqual([]);
});
it('a source that is silent opens no case either: it is a matter of posture', () => {
  const fact = raised({ rule: { ...raised().rule, id: 'vigie.source-silent' } });
  expect(hearing(placeFinding).of(fact).asked).toEqual([]);
});
