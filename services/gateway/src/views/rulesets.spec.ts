import type { FindingRaised, RulesetImportParked, RulesetLoaded, RulesetRuleResumed } from '#contracts';
import { showing } from '#libs/testing';
import { heardOf, markOf, raisedOf, THEN } from '../../test/samples/index.js';
import { RULESET, rulesets, type RulesetDoc, type RulesetViewFact } from './rulesets.js';

const by = { subject: 'ada', side: 'PROVIDER' } as const;

describe('the rules of a tenant', () => {
  const after = (...facts: RulesetViewFact[]): RulesetDoc =>
    showing(rulesets).of(
      ...heardOf('acme', 'ruleset.activated', 'ruleset.loaded', 'ruleset.placeholder-set'),
      ...facts,
    )[RULESET] as RulesetDoc;
  it('are shown with what was imported, what was loaded, and the placeholders', () =>
    expect(after()).toMatchObject({
      imported: { importId: markOf('acme'), files: 1 },
      loaded: { rules: 0, failures: [{ line: 1 }] },
      placeholders: [{ name: 'tools', values: [markOf('acme')] }],
    }));
  it('lose a placeholder without values', () =>
    expect(after({ type: 'ruleset.placeholder-set', name: 'tools', values: [], by, at: THEN }).placeholders).toEqual(
      [],
    ));
  it('name those that were switched off, once each', () => {
    const off = (ruleId: string, at: number): FindingRaised => ({
      ...raisedOf('acme'),
      findingId: ruleId,
      groupKey: ruleId,
      rule: { ...raisedOf('acme').rule, id: 'vigie.rule-disabled', description: 'slow' },
      detectedAt: at,
    });
    expect(after(off('r2', 2), off('r1', 1), off('r2', 2), raisedOf('acme')).switchedOff).toEqual([
      { findingId: 'r1', ruleId: 'r1', reason: 'slow', at: 1 },
      { findingId: 'r2', ruleId: 'r2', reason: 'slow', at: 2 },
    ]);
  });
  it('name no more those that are back, whatever is heard first', () => {
    const off = (at: number): FindingRaised => ({
      ...raisedOf('acme'),
      findingId: `f${at}`,
      groupKey: 'r1',
      rule: { ...raisedOf('acme').rule, id: 'vigie.rule-disabled', description: 'slow' },
      detectedAt: at,
    });
    const back = (at: number): RulesetRuleResumed => ({ type: 'ruleset.rule-resumed', ruleId: 'r1', at });
    for (const facts of [
      [off(1), back(2)],
      [back(2), off(1)],
      [off(1), back(2), back(2)],
    ])
      expect(after(...facts).switchedOff).toEqual([]);
    for (const facts of [
      [off(1), back(2), off(3)],
      [off(3), back(2), off(1)],
    ])
      expect(after(...facts).switchedOff).toMatchObject([{ at: 3 }]);
  });
  it('name the import that was parked, and why', () => {
    const parked = (importId: string, at: number): RulesetImportParked => ({
      type: 'ruleset.import-parked',
      importId,
      reason: 'too much',
      under: 'x',
      at,
    });
    expect(after(parked('later', 2), parked('earlier', 1)).parked).toEqual({
      importId: 'later',
      reason: 'too much',
      at: 2,
    });
  });
  it('are as they were told last', () => {
    const loaded = (importId: string, at: number): RulesetLoaded => ({
      type: 'ruleset.loaded',
      importId,
      rules: [],
      failures: [],
      elapsedMs: 1,
      at,
    });
    expect(after(loaded('later', THEN + 2), loaded('earlier', THEN + 1)).loaded).toMatchObject({ importId: 'later' });
  });
});
