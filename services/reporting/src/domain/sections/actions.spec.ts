import { anAction, aCase, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { sampleScope } from '../../../test/sample-week/index.js';
import type { ActionJournal, CaseJournal, JournalActionState } from '../journals/index.js';
import { reportOf } from '../report/compose.js';
import { formatterOf } from '../sheet/format.js';
import { actionBlocks } from '../sheet/actions.js';
import { actionSection } from './actions.js';
import { sectionContextOf } from './context.js';
import { deedsOf } from './deeds.js';
import { timelineOf } from './timeline.js';

const steps = (...states: JournalActionState['state'][]): JournalActionState[] =>
  states.map((state, index) => ({ state, at: minute(index + 1) }));
const looked = {
  reason: 'TARGET_OFFLINE' as const,
  evidence: 'nothing at all is heard of ws-01',
  observedAt: minute(4),
  lagMs: 900_000,
  at: minute(5),
};
const offline = anAction({ steps: steps('PROPOSED', 'EXECUTING', 'SUCCEEDED'), notVerified: [looked] });
const proof = { effective: true, evidence: 'refused', observedAt: minute(8), lagMs: 900_000, at: minute(9) };
const verified: ActionJournal = {
  ...offline,
  steps: steps('PROPOSED', 'EXECUTING', 'SUCCEEDED', 'VERIFIED').map((one, index) =>
    index === 3 ? { ...one, at: minute(9) } : one,
  ),
  verified: [proof],
};
const reported = (action: ActionJournal, to = theWeek.to) => {
  const journals = { ...nothing, actions: [action] };
  const period = { from: theWeek.from, to };
  return actionSection(journals, sectionContextOf(journals, period, period, someSettings))[0];
};

describe('an action whose effect is not proved', () => {
  it('is reported as the vendor said, with the reason, what was seen and its age', () =>
    expect(reported(offline)).toMatchObject({
      state: 'SUCCEEDED',
      verifiedAt: null,
      unverified: 'TARGET_OFFLINE',
      evidence: looked.evidence,
      observedAt: minute(4),
    }));
  it('is reported with the proof, and no reason, once there is one; a report of before says what was known then', () => {
    expect(reported(verified)).toMatchObject({
      state: 'VERIFIED',
      unverified: null,
      evidence: 'refused',
      observedAt: minute(8),
    });
    expect(reported(verified, minute(6))).toMatchObject({ state: 'SUCCEEDED', unverified: 'TARGET_OFFLINE' });
  });
  it.each([
    ['EN', 'effect not proved yet: nothing at all is heard of it'],
    ['FR', 'effet pas encore prouvé : plus rien n’en parvient'],
    ['JA', '効果は未確認：対象からの記録がまったくなく'],
  ] as const)('is listed with the reason in the language of the reader: %s', (language, words) => {
    const report = reportOf({ ...nothing, cases: [aCase()], actions: [offline] }, sampleScope(language));
    expect(JSON.stringify(actionBlocks(formatterOf(report)))).toContain(words);
  });
});

describe('a case of which an action was looked for in vain', () => {
  const deed = (state: string, at: number): CaseJournal['actions'][number] => ({
    summary: '',
    actionId: 'a1',
    actionClass: 'isolate-host',
    state,
    occurredAt: at,
    at,
  });
  const looks = (state: string) => aCase({ actions: [3, 5, 40].map((at) => deed(state, minute(at))) });
  it('tells when the vendor said that it was done, not when it was looked for', () =>
    expect(deedsOf(looks('SUCCEEDED'), theWeek.to)).toMatchObject([{ says: { state: 'SUCCEEDED', at: minute(3) } }]));
  it('has it once in its timeline', () =>
    expect(timelineOf(looks('PARTIAL'), theWeek.to).timeline.filter(({ what }) => what === 'ACTION')).toHaveLength(1));
});
