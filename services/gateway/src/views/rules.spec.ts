import type {
  AnyFact,
  FindingRaised,
  RulesetExceptionApplied,
  RulesetImportParked,
  RulesetLoaded,
  RulesetRuleResumed,
} from '#contracts';
import type { Heard } from '#libs/model';
import { heard, showing } from '#libs/testing';
import { factsOf, idsOf, markOf, raisedOf, THEN } from '../../test/samples/index.js';
import { backtestPages, backtests } from './backtests.js';
import { findings } from './findings.js';
import { exceptions, suppressedBy, type ExceptionDoc } from './exceptions.js';
import { RULESET, rulesets, type RulesetDoc, type RulesetViewFact } from './rulesets.js';

const ids = idsOf('acme');
const by = { subject: 'ada', side: 'PROVIDER' } as const;
const told = <Type extends AnyFact['type']>(...types: Type[]): Heard<Extract<AnyFact, { type: Type }>>[] =>
  factsOf('acme').flatMap(({ fact, envelope }) =>
    types.includes(fact.type as Type) ? [heard(fact as Extract<AnyFact, { type: Type }>, envelope)] : [],
  );

describe('an exception', () => {
  const all = told(...exceptions.hears);
  const applied = (counter: string, suppressed: number): RulesetExceptionApplied => ({
    type: 'ruleset.exception-applied',
    exceptionId: ids.exception,
    ruleId: 'r1',
    counter,
    suppressed,
    lastAt: THEN,
    at: THEN,
  });
  const after = (...facts: RulesetExceptionApplied[]): ExceptionDoc =>
    showing(exceptions).of(...all, ...facts)[ids.exception] as ExceptionDoc;
  it('is shown with who answers for it, why and how long', () =>
    expect(after()).toMatchObject({
      added: true,
      owner: markOf('acme'),
      ended: null,
      expiresAt: Date.UTC(2099, 0, 1),
    }));
  it('sums what its counters have counted, each counting up', () =>
    expect(suppressedBy(after(applied('c', 9), applied('d', 1), applied('c', 8), applied('c', 9)))).toBe(10));
  it('sums the counters of long ago, too', () =>
    expect(suppressedBy(after(...Array.from({ length: 200 }, (_, index) => applied(`run ${index}`, 1))))).toBe(207));
  it('is the same whatever is heard first', () =>
    expect(showing(exceptions).of(...[...all].reverse())).toEqual(showing(exceptions).of(...all)));
  it('says when and why it ended', () => {
    const ended = {
      type: 'ruleset.exception-ended' as const,
      exceptionId: ids.exception,
      ruleId: 'r1',
      expired: true,
      reason: 'its time has come',
      by,
      at: THEN + 1,
    };
    expect(showing(exceptions).of(...all, ended)[ids.exception]).toMatchObject({
      ended: { at: THEN + 1, expired: true, reason: 'its time has come' },
    });
  });
});

describe('the rules of a tenant', () => {
  const after = (...facts: RulesetViewFact[]): RulesetDoc =>
    showing(rulesets).of(...told('ruleset.activated', 'ruleset.loaded', 'ruleset.placeholder-set'), ...facts)[
      RULESET
    ] as RulesetDoc;
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

describe('a backtest', () => {
  it('is shown with how far it is and what came of it', () => {
    expect(showing(backtests).of(...told(...backtests.hears))[ids.backtest]).toMatchObject({
      finished: true,
      scanned: 5,
      daysScanned: 2,
      cut: null,
    });
    expect(
      showing(backtests).of(...told('backtest.asked'), {
        type: 'backtest.progressed',
        backtestId: ids.backtest,
        scanned: 3,
        daysDone: 1,
        days: 7,
        at: THEN,
      })[ids.backtest],
    ).toMatchObject({ finished: false, scanned: 3, daysDone: 1, days: 7 });
  });
  it('shows events as text', () =>
    expect(showing(backtestPages).of(...told('backtest.page'))[`${ids.backtest}/1`]?.rules[0]?.samples[0]?.native).toBe(
      `{"a":"${markOf('acme')}"}`,
    ));
});
