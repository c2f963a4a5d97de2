import { scoreByLabels, type Label } from './labels.js';
import { tallyOf } from './panther.js';
import type { ReplayOutcome } from './replay.js';
import { scoreOf, shareOf, volumeOf } from './score.js';
import { plainTactic, sameTechnique } from './techniques.js';

const finding = (title: string, techniques: string[], tactics: string[] = []) =>
  ({ title, techniques, tactics }) as unknown as ReplayOutcome['findings'][number];
const outcome = (...findings: ReplayOutcome['findings']): ReplayOutcome => ({
  events: 100,
  skipped: 0,
  matches: [],
  findings,
  cases: 1,
});

describe('labels', () => {
  const named = { source: 's', rules: 'r' };
  const label = (special: Partial<Label>): Label => ({
    name: 'attack',
    techniques: [],
    tactics: [],
    recordings: ['a'],
    ...special,
  });
  it('count techniques found for recall, and findings that speak of the attack for precision', () => {
    const score = scoreByLabels(
      named,
      [label({ techniques: ['T1003.001', 'T1021', 'T1021'] })],
      new Map([['a', outcome(finding('dump', ['T1003.001']), finding('other', ['T1003.006']))]]),
    );
    expect(score).toMatchObject({
      recall: { found: 1, of: 2, value: 0.5 },
      precision: { found: 1, of: 2 },
      attacks: { found: 1, of: 1 },
      missed: ['attack: T1021'],
      false: ['attack: other'],
    });
  });
  it('count the attack as a whole when its tactics tell what it was', () => {
    const score = scoreByLabels(
      named,
      [label({ techniques: ['T1578'], tactics: ['Defense Evasion'] })],
      new Map([['a', outcome(finding('stopped', ['T1685.002'], ['defense-impairment']))]]),
    );
    expect(score).toMatchObject({ recall: { found: 1, of: 1, value: 1 }, missed: [] });
  });
  it('without a recording count for nothing', () =>
    expect(scoreByLabels(named, [label({ techniques: ['T1'] })], new Map()).recall).toEqual({
      found: 0,
      of: 0,
      value: null,
    }));
});

describe('the arithmetic', () => {
  it('divides, and says nothing of nothing', () =>
    expect([shareOf(1, 3).value, shareOf(0, 0).value]).toEqual([0.333, null]));
  it('sums volumes, and relates events to findings to cases', () => {
    const volume = volumeOf([
      { events: 90, matches: 5, findings: 4, cases: 1 },
      { events: 10, matches: 1, findings: 1, cases: 1 },
    ]);
    expect(
      scoreOf({ source: 's', rules: 'r' }, volume, shareOf(0, 0), shareOf(0, 0), {
        missed: ['b', 'a', 'a'],
        false: [],
      }),
    ).toMatchObject({ events: 100, eventsPerFinding: 20, findingsPerCase: 2.5, missed: ['a', 'b'] });
  });
  it('counts labelled events: found, missed, false', () => {
    const test = (test_name: string, expected_result: boolean) => ({ rule_id: 'R', test_name, expected_result });
    const matches = ['mine', 'another', 'mine'].map((ruleId, event) => ({
      event,
      kind: 'OKTA' as const,
      ruleId,
      entity: '',
    }));
    expect(
      tallyOf([test('hit', true), test('miss', true), test('wrong', false), test('quiet', false)], ['mine'], {
        matches,
      }),
    ).toEqual({ found: 1, wanted: 2, missed: ['R: miss'], false: ['R: wrong'] });
  });
});

describe('techniques', () => {
  it("are the same when one is the other's parent, or its name before ATT&CK 19", () =>
    expect([
      sameTechnique('T1003.001', 't1003'),
      sameTechnique('T1003.001', 'T1003.006'),
      sameTechnique('T1685.002', 'T1562.008'),
      sameTechnique('T1685', 'T1562'),
    ]).toEqual([true, false, true, true]));
  it('have tactics in one spelling', () =>
    expect([plainTactic('Defense Evasion'), plainTactic('stealth')]).toEqual(['defense-evasion', 'defense-evasion']));
});
