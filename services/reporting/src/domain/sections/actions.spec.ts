import { anAction, aCase, aFinding, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { sampleScope } from '../../../test/sample-week/index.js';
import type { ActionJournal, CaseJournal, JournalActionState } from '../journals/index.js';
import { reportOf } from '../report/compose.js';
import { formatterOf } from '../sheet/format.js';
import { actionBlocks } from '../sheet/actions.js';
import { sheetOf } from '../sheet/index.js';
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

describe('what the customer says it did', () => {
  const doneByCustomer = { by: { subject: 'bo', side: 'CUSTOMER' as const }, comment: '', at: minute(9) };
  const done = anAction({ doneByCustomer });
  const dc = anAction({ actionId: 'a2', target: { kind: 'HOST', id: 'dc-01', entity: 'host:dc-01' } });
  const failed = { ...dc, finished: [{ outcome: 'FAILED' as const, detail: '', at: minute(4) }] };
  const told = (over: Partial<CaseJournal>, ...actions: ActionJournal[]) =>
    reportOf({ ...nothing, cases: [aCase(over)], actions }, { ...sampleScope('EN'), settings: quiet });
  const quiet = { ...someSettings, sources: [] };
  it('is told as its word, and not as verified', () => {
    const [rows] = actionBlocks(formatterOf(told({}, done))).flatMap((one) => (one.kind === 'table' ? [one.rows] : []));
    expect(rows?.[0]?.slice(3).map(({ text }) => text)).toEqual(['Done by you · 16 Nov, 09:09', '—', '—', '—']);
  });
  it('takes a case out of red, and is said in the first sentence', () =>
    expect(told({}, done).verdict).toEqual({
      colour: 'AMBER',
      sentence: '1 serious case is dealt with as you told us, which we have not seen; nothing is left for you to do.',
    }));
  it('does not where another target is left, nor where it was no containment', () => {
    expect(told({}, done, failed).verdict.colour).toBe('RED');
    expect(told({}, { ...done, actionClass: 'reset-password' }).verdict.colour).toBe('RED');
    expect(told({}, done, { ...failed, doneByCustomer }).verdict.colour).toBe('AMBER');
  });
  it('does not for a grave finding of after it', () => {
    const finding = (at: number) => ({ findings: [aFinding({ occurredAt: minute(at) })] });
    expect(told(finding(8), done).verdict.colour).toBe('AMBER');
    expect(told(finding(10), done).verdict.colour).toBe('RED');
  });
  it('stands also when it was said before the period', () =>
    expect(
      reportOf(
        { ...nothing, cases: [aCase()], actions: [done] },
        { ...sampleScope('EN'), settings: quiet, from: minute(60) },
      ).verdict.colour,
    ).toBe('AMBER'));
});

describe('what was stopped', () => {
  const seen = { steps: steps('PROPOSED', 'VERIFIED'), verified: [proof] };
  const stopped = (action: ActionJournal, over: Partial<CaseJournal> = {}): boolean => {
    const report = reportOf({ ...nothing, cases: [aCase(over)], actions: [action] }, sampleScope('EN'));
    return JSON.stringify(actionBlocks(formatterOf(report))).includes('What was stopped');
  };
  it('is what a containing action was seen to hold, also when it was taken back', () => {
    expect(stopped(anAction(seen))).toBe(true);
    expect(stopped(anAction({ ...seen, steps: steps('PROPOSED', 'VERIFIED', 'REVERTING', 'REVERTED') }))).toBe(true);
  });
  it('is nothing that was given back, turned out not to hold, or was of a harmless case', () => {
    expect(stopped(anAction({ ...seen, actionClass: 'release-host' }))).toBe(false);
    expect(stopped(anAction({ ...seen, steps: steps('PROPOSED', 'VERIFIED', 'VERIFY_FAILED') }))).toBe(false);
    const verdicts = [{ verdict: 'FALSE_POSITIVE' as const, reason: 'NONE' as const, at: minute(20) }];
    expect(stopped(anAction(seen), { verdicts })).toBe(false);
  });
});

describe('what another action gave back', () => {
  const superseded = {
    byActionId: 'r',
    byCaseId: 'c9',
    inverting: false,
    evidence: 'seen',
    observedAt: minute(30),
    at: minute(31),
  };
  const ended = anAction({ steps: steps('PROPOSED', 'VERIFIED', 'REVERTED'), verified: [proof], superseded });
  const recorded = (state: string, at: number): CaseJournal['actions'][number] => ({
    summary: '',
    actionId: ended.actionId,
    actionClass: 'isolate-host',
    state,
    occurredAt: at,
    at,
    fact: `f${at}`,
  });
  const doc = aCase({ actions: [recorded('VERIFIED', minute(9)), recorded('REVERTED', minute(31))] });
  it('is told as such in a case, up to when it was seen, with the fact it stands on', () =>
    expect(deedsOf(doc, theWeek.to, [ended])).toEqual([
      {
        says: { code: 'GIVEN_BACK_BY_ANOTHER', actionClass: 'isolate-host', target: '', at: minute(30) },
        fact: `f${minute(31)}`,
      },
    ]));
  it('is said to be reverted when that was known, and not before', () => {
    expect(reported(ended)).toMatchObject({ state: 'REVERTED', revertedAt: minute(31) });
    expect(reported(ended, minute(31))).toMatchObject({ revertedAt: null });
  });
  it.each([
    ['EN', 'no longer in force; on'],
    ['FR', 'une autre mesure y avait mis fin'],
    ['JA', '別の対応により解除されたことを'],
  ] as const)('is said in the language of the reader: %s', (language, words) => {
    const report = reportOf({ ...nothing, cases: [doc], actions: [ended] }, sampleScope(language));
    expect(JSON.stringify(sheetOf(report))).toContain(words);
  });
});

describe('a question whose time was over', () => {
  const expired = (expiredTold: number | null) =>
    anAction({ steps: steps('PROPOSED', 'AWAITING_APPROVAL', 'EXPIRED'), expiredTold });
  const doc = aCase({
    actions: [
      {
        summary: '',
        actionId: expired(0).actionId,
        actionClass: 'isolate-host',
        state: 'EXPIRED',
        occurredAt: minute(9),
        at: minute(9),
        fact: 'f',
      },
    ],
  });
  it.each([
    ['EN', 'we could not reach anybody', 'no answer came'],
    ['FR', 'nous n’avons pu joindre personne', 'faute de réponse'],
    ['JA', '連絡がつかず', '回答がなく'],
  ] as const)('is no silence where nobody was told, in words of the reader: %s', (language, unasked, unanswered) => {
    const said = (told: number | null) =>
      JSON.stringify(sheetOf(reportOf({ ...nothing, cases: [doc], actions: [expired(told)] }, sampleScope(language))));
    expect([said(0).includes(unasked), said(0).includes(unanswered)]).toEqual([true, false]);
    for (const told of [1, null]) expect(said(told)).toContain(unanswered);
  });
});
