import { MINUTE_MS } from '#libs/terms';
import { aCase, aFinding, anAction, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import type { ActionJournal, CaseJournal } from '../journals/index.js';
import { reportOf } from '../report/compose.js';
import type { ReportedCase } from '../report/data.js';
import { formatterOf } from '../sheet/format.js';
import { sheetOf } from '../sheet/index.js';
import { paragraphsOf } from '../sheet/story.js';

const languages = ['EN', 'FR', 'JA'] as const;
type ToldLanguage = 'EN' | 'FR' | 'JA';
const reportOn = (
  doc: CaseJournal,
  actions: ActionJournal[] = [],
  language: ToldLanguage = 'EN',
  settings = someSettings,
) => reportOf({ ...nothing, cases: [doc], actions }, { ...theWeek, kind: 'WEEKLY', language, settings });
const told = (...of: Parameters<typeof reportOn>): ReportedCase => reportOn(...of).cases[0]!;
const youDo = (...of: Parameters<typeof reportOn>): string =>
  paragraphsOf(told(...of).story, formatterOf(reportOn(...of)))[3]!.value.replaceAll('\u00a0', ' ');

const target = { kind: 'HOST', id: 'ws-01', entity: 'host:ws-01' } as const;
const recorded = (state: string, minutes: number, actionId = 'a1'): CaseJournal['actions'][number] => ({
  ...{ actionId, actionClass: 'isolate-host', target, state, summary: '', fact: `${state}${minutes}` },
  ...{ occurredAt: minute(minutes), at: minute(minutes) },
});
const closing: CaseJournal['closings'][number] = {
  ...{ verdict: 'TRUE_POSITIVE', reason: 'NONE', summary: '', impact: true, at: minute(60), fact: 'closed' },
  rootCause: { technique: 'T1566.001', patientZero: 'ws-01', cause: 'A macro', preventableHow: 'Block macros' },
};
const closed = aCase({
  findings: [aFinding()],
  statuses: [{ status: 'CLOSED', onHoldReason: 'NONE', at: minute(60) }],
  closings: [closing],
  actions: [recorded('VERIFIED', 5)],
  contained: [{ occurredAt: minute(5), at: minute(5), actionId: 'a1' }],
});
const isolation = (ttlMinutes: number): ActionJournal =>
  anAction({
    ttlMinutes,
    started: [{ inverting: false, at: minute(3) }],
    finished: [{ outcome: 'SUCCEEDED', detail: '', at: minute(4) }],
    verified: [{ effective: true, evidence: '', at: minute(5) }],
  });
const tenDays = 10 * 1_440;

describe('a closed case whose containment still holds', () => {
  it.each([
    [
      'EN',
      'Isolate host, ws-01: still in force, and ends by itself by 26 Nov, 09:04. Tell us if you need it taken back sooner. So that it does not happen again: “Block macros”',
    ],
    [
      'FR',
      'Isoler la machine, ws-01 : la mesure tient toujours et prend fin d’elle-même au plus tard le 26 nov., 09:04. Dites-nous s’il faut la lever plus tôt. Pour que cela ne se reproduise pas : « Block macros »',
    ],
    [
      'JA',
      '端末の隔離（ws-01）は継続中です（遅くとも 11月26日 09:04 に自動で終了）。早めの解除が必要な場合はご連絡ください。再発防止のために：「Block macros」',
    ],
  ] as const)('does not ask for nothing in %s', (language, words) =>
    expect(youDo(closed, [isolation(tenDays)], language)).toBe(words),
  );
  it('gives no end that is past, or that it does not know', () => {
    for (const actions of [[isolation(60)], []]) expect(youDo(closed, actions)).toContain('still in force. Tell us');
  });
  it('holds no more once its own journal says that it was taken back', () => {
    const by = { subject: 'ada', side: 'PROVIDER' } as const;
    const back = { ...isolation(tenDays), reverted: { by, reason: '', at: minute(40) } };
    expect(youDo(closed, [back])).toBe('So that it does not happen again: “Block macros”');
  });
  it('asks for nothing once that was taken back, and nothing was learnt', () => {
    const harmless = { ...closing, rootCause: null };
    const after = { ...closed, actions: [...closed.actions, recorded('REVERTED', 40)], closings: [harmless] };
    expect(youDo(after)).toBe('Nothing.');
  });
});

it('a finding that was split off is in no timeline of the case that it left', () => {
  const [kept, gone] = [aFinding(), aFinding({ findingId: 'f2', title: 'Split off', removedAt: minute(30) })];
  const { timeline, findings } = told(aCase({ findings: [kept, gone] }));
  expect([timeline.filter(({ what }) => what === 'ACTIVITY').length, findings]).toEqual([1, 1]);
});

describe('a person with several names', () => {
  const names = ['alice@acme.example', 'alice', 'arn:aws:iam::1:user/alice'];
  const kinds = ['user', 'user', 'cloud-principal'];
  const findings = [aFinding({ entities: names.map((value, at) => ({ kind: kinds[at]!, value })) })];
  const identity = { identityId: 'a', names: names.slice(0, 2), criticality: 'HIGH', unit: 'IT', privileged: true };
  const settings = { ...someSettings, identities: [identity] } as typeof someSettings;
  it('is one of those concerned, and no name is lost', () =>
    expect(told(aCase({ findings }), [], 'EN', settings).concerned).toMatchObject([
      { name: names[0], criticality: 'HIGH', owner: 'IT', alsoAs: names.slice(1) },
    ]));
  it('is not counted besides', () => expect(told(aCase({ findings }), [], 'EN', settings).met).toEqual([]));
  it.each(languages)('is said once in %s', (language) => {
    const pages = JSON.stringify(sheetOf(reportOn(aCase({ findings }), [], language, settings)).sections[3]);
    expect(pages.match(/arn:aws/g)).toHaveLength(1);
  });
  it('of no name and kind that are another one', () => {
    const two = [aFinding({ entities: ['bob', 'carol'].map((value) => ({ kind: 'user', value })) })];
    expect(told(aCase({ findings: two }), [], 'EN', settings).concerned).toHaveLength(2);
  });
});

describe('what the policy let happen', () => {
  const actions = [recorded('APPROVED', 2), recorded('VERIFIED', 5)];
  const whatOf = (doc: CaseJournal, journals: ActionJournal[] = []): string[] =>
    told(doc, journals).timeline.flatMap(({ what, state }) => (state === 'APPROVED' ? [what] : []));
  it('is approved by nobody in the timeline', () => {
    expect(whatOf(aCase({ actions }))).toEqual(['PERMITTED']);
    expect(whatOf(aCase({ actions }), [isolation(60)])).toEqual(['PERMITTED']);
  });
  it('is not what somebody agreed to', () => {
    const asked = aCase({ actions: [recorded('AWAITING_APPROVAL', 1), ...actions] });
    const by = { subject: 'bo', side: 'CUSTOMER' } as const;
    expect(whatOf(asked)).toEqual(['ACTION']);
    expect(whatOf(asked, [anAction({ approved: { by, comment: '', at: minute(2) } })])).toEqual(['ACTION']);
  });
});

it.each([
  ['EN', 'No longer'],
  ['FR', 'Ne l’est plus'],
  ['JA', '現在は封じ込められていません'],
] as const)('a case that is contained no more does not say in %s that it never was', (language, words) => {
  const actions = [recorded('VERIFIED', 5), recorded('REVERTED', 40)];
  const data = reportOn(aCase({ findings: [aFinding()], actions, contained: closed.contained }), [], language);
  expect(data.cases[0]).toMatchObject({ containedAt: null });
  expect(JSON.stringify(sheetOf(data).sections[3])).toContain(words);
});

it('a case that was contained twice says one time of it', () => {
  const contained = [5, 50].map((at) => ({ occurredAt: minute(at), at: minute(at) + MINUTE_MS, actionId: `a${at}` }));
  const { story, containedAt } = told({ ...closed, contained });
  expect(story.flatMap(({ says }) => (says.code === 'CONTAINED' ? [says.at] : []))).toEqual([containedAt]);
});
