import * as fc from 'fast-check';
import type { ActionFact, CaseFact, Language } from '#contracts';
import { idOf } from '#libs/model';
import { heard, showing } from '#libs/testing';
import { aCase, aSummary, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { actionJournal, caseJournal } from '../../views/index.js';
import type { ActionJournal, CaseJournal } from '../journals/index.js';
import { reportOf } from '../report/compose.js';
import type { StorySentence } from '../report/story.js';
import { formatterOf } from '../sheet/format.js';
import { wordsOf } from '../sheet/story.js';

const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const target = { kind: 'HOST', id: 'dc-01', entity: 'host:dc-01' } as const;
const caseId = 'c1';
const summaries = ['psexec', 'lsass', 'empire'].map((name, index) =>
  aSummary({ findingId: name, title: name, occurredAt: minute(index), knownIndicator: index > 0 }),
);
const recorded = (actionId: string, state: 'VERIFIED' | 'AWAITING_APPROVAL', at: number): CaseFact => ({
  type: 'case.action-recorded',
  caseId,
  actionId,
  actionClass: 'isolate-host',
  target,
  state,
  summary: '',
  occurredAt: at,
  at,
});

const told: (CaseFact | ActionFact)[] = [
  {
    type: 'case.opened',
    caseId,
    number: 1042,
    title: 'psexec on ws-01',
    description: '',
    severity: 'HIGH',
    priority: 80,
    because: '',
    findings: summaries.slice(0, 1),
    entities: [],
    clocks: [],
    openedBy: { subject: 'cases', side: 'SYSTEM' },
    at: minute(1),
  },
  ...summaries.slice(1).map(
    (one): CaseFact => ({
      type: 'case.findings-added',
      caseId,
      findings: [one],
      entities: [],
      because: '',
      at: minute(3),
    }),
  ),
  { type: 'case.acknowledged', caseId, by: ada, at: minute(5) },
  { type: 'case.customer-notified', caseId, contact: 'carol', channel: 'mail', by: ada, at: minute(6) },
  {
    type: 'case.message-posted',
    caseId,
    messageId: 'm1',
    kind: 'QUESTION',
    text: 'You?',
    blocking: true,
    by: ada,
    at: minute(7),
  },
  recorded('a1', 'VERIFIED', minute(8)),
  { type: 'case.contained', caseId, actionId: 'a1', occurredAt: minute(8), at: minute(8.1) },
  {
    type: 'action.proposed',
    actionId: 'a2',
    caseId,
    actionClass: 'isolate-host',
    target,
    reactId: '',
    d3fend: '',
    reason: '',
    ttlMinutes: 1,
    detectedAt: minute(0),
    at: minute(9),
  } as ActionFact,
  {
    type: 'action.approval-requested',
    actionId: 'a2',
    caseId,
    expiresAt: theWeek.to,
    question: '?',
    at: minute(10),
  } as ActionFact,
  { type: 'case.recommendation-added', caseId, recommendationId: 'r1', text: 'Rotate it.', by: ada, at: minute(11) },
  { type: 'case.verdict-set', caseId, verdict: 'TRUE_POSITIVE', reason: 'NONE', by: ada, at: minute(12) },
];
const idOfFact = (index: number): string => idOf('fact', `${index}`);

const reportOn = (kept: (index: number) => boolean, language: Language = 'EN') => {
  const messages = told.flatMap((fact, index) =>
    kept(index) ? [heard(fact, { id: idOfFact(index), sequence: { version: index + 1, index: 0, count: 1 } })] : [],
  );
  const of = (subject: string) => messages.filter(({ message }) => message.type.startsWith(subject));
  const cases = Object.values(showing(caseJournal).of(...(of('case.') as never[])));
  const actions = Object.values(showing(actionJournal).of(...(of('action.') as never[])));
  const journals = { ...nothing, cases: cases as CaseJournal[], actions: actions as ActionJournal[] };
  return reportOf(journals, { ...theWeek, kind: 'WEEKLY', language, settings: someSettings });
};
const storyOn = (kept: (index: number) => boolean): StorySentence[] => reportOn(kept).cases[0]?.story ?? [];
const whole = storyOn(() => true);

describe('the story of a case', () => {
  it('answers what happened, what it means, what we did, and what the customer does', () =>
    expect(whole.map(({ part, says }) => `${part} ${says.code}`)).toEqual([
      'HAPPENED SEEN',
      'HAPPENED MORE',
      'MEANS TACTIC',
      'MEANS CRITICAL',
      'MEANS INDICATOR',
      'MEANS VERDICT',
      'WE_DID ACKNOWLEDGED',
      'WE_DID TOLD',
      'WE_DID ACTION',
      'WE_DID CONTAINED',
      'YOU_DO APPROVE',
      'YOU_DO REPLY',
      'YOU_DO FOLLOW',
    ]));
  it('stands on facts: each sentence names them, and goes with them', () =>
    fc.assert(
      fc.property(fc.subarray(told.map((_, index) => index)), (gone) => {
        const kept = (index: number): boolean => !gone.includes(index);
        const ids = told.flatMap((_, index) => (kept(index) ? [idOfFact(index)] : []));
        const story = storyOn(kept);
        for (const { facts } of story) {
          expect(facts.length).toBeGreaterThan(0);
          expect(facts.filter((fact) => !ids.includes(fact))).toEqual([]);
        }
        for (const one of whole.filter(({ facts }) => facts.every((fact) => !ids.includes(fact))))
          expect(story.map(({ says }) => says)).not.toContainEqual(one.says);
      }),
    ));
  it('has nothing stopped where there was no attack, though something was cut off for a while', () => {
    const codes = (verdict: 'FALSE_POSITIVE' | 'TRUE_POSITIVE'): string[] => {
      const contained = [{ occurredAt: minute(5), at: minute(6), actionId: 'a1', fact: 'c' }];
      const closing = { verdict, reason: 'NONE', summary: '', impact: false, rootCause: null } as const;
      const doc = aCase({
        contained,
        statuses: [{ status: 'CLOSED', onHoldReason: 'NONE', at: minute(9) }],
        verdicts: [{ verdict, reason: 'NONE', at: minute(9), fact: 'v' }],
        closings: [{ ...closing, at: minute(9), fact: 'v' }],
      });
      const { cases } = reportOf(
        { ...nothing, cases: [doc] },
        { ...theWeek, kind: 'WEEKLY', language: 'EN', settings: someSettings },
      );
      return cases[0]!.story.filter(({ part }) => part === 'WE_DID').map(({ says }) => says.code);
    };
    expect(codes('FALSE_POSITIVE')).toEqual(['CLOSED']);
    expect(codes('TRUE_POSITIVE')).toEqual(['CONTAINED', 'CLOSED']);
  });
  it('is told in the language of the reader', () => {
    const words = (['EN', 'FR', 'JA'] as const).map((language) => {
      const data = reportOn(() => true, language);
      return data.cases[0]!.story.map((one) => wordsOf(one, formatterOf(data)));
    });
    expect(words.map((sentences) => sentences.slice(2, 5))).toEqual([
      [
        'Somebody tried to get passwords or keys.',
        'ws-01 is important to you.',
        'An address, name or file in it is known from other attacks.',
      ],
      [
        'Quelqu’un a tenté d’obtenir des mots de passe ou des clés.',
        'ws-01 est important pour vous.',
        'Une adresse, un nom ou un fichier y est connu d’autres attaques.',
      ],
      [
        'パスワードや鍵を得ようとする動きがありました。',
        'ws-01 は御社にとって重要な資産です。',
        '他の攻撃で知られているアドレス、名前またはファイルが含まれています。',
      ],
    ]);
  });
});
