import type { ResponseMode } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import type { DecisionSettings } from './decide-for.js';
import { explainDecision, type ExplainedQuestion } from './explain.js';

const settings = (mode: ResponseMode, change: Partial<DecisionSettings['policy']> = {}): DecisionSettings => ({
  timeZone: 'Europe/Paris',
  calendar: { days: [{ weekday: 1, start: '09:00', end: '17:00' }], holidays: [] },
  connectors: [{ vendor: 'defender', baseUrl: '', secretRef: '', account: '' }],
  assets: [
    { assetId: 'a', hostnames: ['dc01'], criticality: 'CRITICAL', owner: '', unit: '', exposure: '', groups: [] },
  ],
  identities: [],
  policy: {
    version: 3,
    mode,
    approvalMinutes: 60,
    overrides: [],
    exclusions: [{ entity: 'host:press01', reason: 'must run' }],
    escalateIfUnreachableAfterMinutes: null,
    unreachableClasses: [],
    guards: STANDARD_GUARDS,
    ...change,
  },
});
const isolate: ExplainedQuestion = {
  actionClass: 'isolate-host',
  target: 'ws7',
  severity: 'HIGH',
  confidence: 80,
  at: Date.UTC(2026, 10, 2, 12),
};
const said = (mode: ResponseMode, change: Partial<ExplainedQuestion> = {}) =>
  explainDecision(settings(mode), { ...isolate, ...change });

describe('a decision is explained', () => {
  it.each<[string, ResponseMode, Partial<ExplainedQuestion>, string, string]>([
    ['of a host nobody knows', 'AUTHORIZE', {}, 'EXECUTE', 'default'],
    ['of a critical host, by its name', 'AUTHORIZE', { target: 'DC01' }, 'ASK', 'guard:critical'],
    ['that is not sure enough', 'AUTHORIZE', { confidence: 30 }, 'ASK', 'guard:confidence'],
    ['of an excluded host', 'AUTHORIZE', { target: 'press01' }, 'FORBID', 'exclusion:host:press01'],
    ['of what no connector does', 'AUTHORIZE', { actionClass: 'suspend-user' }, 'GUIDE', 'no-connector'],
    ['before agreement', 'COLLABORATE', {}, 'ASK', 'default'],
    ['where only guidance is given', 'NOTIFY', {}, 'GUIDE', 'default'],
  ])('%s', (_, mode, change, decision, rule) => {
    const { rows, ...answer } = said(mode, change);
    expect(answer).toMatchObject({ decision, rule });
    expect(rows.filter(({ decides }) => decides).map((row) => row.rule)).toEqual([rule]);
  });
  it('by the hours that hold at the time it is asked for', () => {
    const overrides: DecisionSettings['policy']['overrides'] = [
      {
        id: 'night',
        mode: 'AUTHORIZE',
        actionClasses: [],
        assetGroups: [],
        severities: [],
        minConfidence: 0,
        hours: 'OUT_OF_HOURS',
      },
    ];
    const at = (hour: number) =>
      explainDecision(settings('COLLABORATE', { overrides }), { ...isolate, at: Date.UTC(2026, 10, 2, hour) }).decision;
    expect([at(12), at(20)]).toEqual(['ASK', 'EXECUTE']);
  });
  it.each<[string, Partial<ExplainedQuestion>, string]>([
    ['an action there is not', { actionClass: 'reboot' }, 'isolate-host, release-host'],
    ['no target', { target: ' ' }, '1 to 500'],
    ['a confidence over 100', { confidence: 101 }, '0 to 100'],
    ['a confidence that is no number', { confidence: NaN }, '0 to 100'],
  ])('but not of %s', (_, change, message) => expect(() => said('AUTHORIZE', change)).toThrow(message));
});
