/**
 * What is told of a case in plain words: what happened, what it means, what we did, what the customer does. Each
 * sentence is made of facts and names them.
 */
import { criticalityRank } from '#libs/terms';
import { verdictAt, type CaseAt } from '../journals/case-at.js';
import { isHarmless } from '../journals/harmless.js';
import type { ActionJournal, CaseJournal, JournalFinding } from '../journals/index.js';
import type { ReportWaitingItem } from '../report/data.js';
import type { StoryContent, StoryPart, StorySentence } from '../report/story.js';
import { excerpt } from './context.js';
import { deedsOf, holdingOf } from './deeds.js';
import { aimOf, whereOf, whoOf } from './lead-finding.js';

/** A case, how it stood at the end of the period, and what of it waits for the customer then. */
export interface StoryOf {
  doc: CaseJournal;
  now: CaseAt;
  to: number;
  /** The finding it is called after. */
  lead: JournalFinding | undefined;
  /** What contained it, if that is told. */
  contained: CaseJournal['contained'][number] | undefined;
  /** Of its actions. */
  journals: readonly ActionJournal[];
  waiting: ReportWaitingItem[];
}

const told = (part: StoryPart, says: StoryContent, facts: (string | undefined)[]): StorySentence => ({
  part,
  says,
  facts: [...new Set(facts.filter((fact) => fact !== undefined))].sort(),
});

const happened = ({ doc, now, lead }: StoryOf): StorySentence[] => {
  if (!lead)
    return [told('HAPPENED', { code: 'REPORTED', side: doc.openedBy.side, at: doc.openedAt }, [doc.openedFact])];
  const { title, techniques, occurredAt: at } = lead;
  const technique = techniques[0] ?? null;
  const more = now.findings.filter((one) => one !== lead);
  const times = more.map(({ occurredAt }) => occurredAt);
  return [
    told(
      'HAPPENED',
      { code: 'SEEN', title: excerpt(title, 120), technique, at, where: whereOf(lead), who: whoOf(lead) },
      [lead.fact],
    ),
    ...(more.length
      ? [
          told(
            'HAPPENED',
            { code: 'MORE', count: more.length, from: Math.min(...times), to: Math.max(...times) },
            more.map(({ fact }) => fact),
          ),
        ]
      : []),
  ];
};

const critical = (findings: JournalFinding[]): StorySentence[] => {
  const gravest = Math.max(...findings.map(({ criticality }) => criticalityRank(criticality)));
  const ones = findings.filter(({ criticality }) => criticalityRank(criticality) === gravest);
  const name = ones[0] && (whereOf(ones[0]) ?? whoOf(ones[0]));
  if (!name || gravest < criticalityRank('HIGH')) return [];
  return [
    told(
      'MEANS',
      { code: 'CRITICAL', name, criticality: ones[0]!.criticality },
      ones.map(({ fact }) => fact),
    ),
  ];
};

const means = ({ doc, now, to, lead }: StoryOf): StorySentence[] => {
  const verdict = verdictAt(doc, to);
  const tactic = aimOf(lead);
  const known = now.findings.filter(({ knownIndicator }) => knownIndicator).map(({ fact }) => fact);
  const danger = [
    ...(tactic ? [told('MEANS', { code: 'TACTIC', tactic }, [lead?.fact])] : []),
    ...critical(now.findings),
    ...(known.length ? [told('MEANS', { code: 'INDICATOR' }, known)] : []),
  ];
  const { closing } = now;
  return [
    ...(verdict && isHarmless(verdict.verdict) ? [] : danger),
    verdict
      ? told('MEANS', { code: 'VERDICT', verdict: verdict.verdict, reason: verdict.reason }, [verdict.fact])
      : told('MEANS', { code: 'UNJUDGED' }, [doc.openedFact]),
    ...(closing?.summary ? [told('MEANS', { code: 'SUMMARY', text: excerpt(closing.summary) }, [closing.fact])] : []),
  ];
};

const weDid = ({ doc, now, to, journals, contained }: StoryOf): StorySentence[] => {
  // Where there was no attack, giving back what was cut off is told as done, and nothing as stopped by it.
  const stopped = isHarmless(now.verdict) ? undefined : contained;
  const noted = now.acknowledgedAt === null ? -1 : doc.acknowledgedAt.indexOf(now.acknowledgedAt);
  const first = doc.told?.find(({ at }) => at < to);
  const did = [
    ...(noted < 0
      ? []
      : [
          told('WE_DID', { code: 'ACKNOWLEDGED', afterMs: doc.acknowledgedAt[noted]! - doc.openedAt }, [
            doc.acknowledgedFacts?.[noted],
          ]),
        ]),
    ...(first
      ? [told('WE_DID', { code: 'TOLD', contact: first.contact, channel: first.channel, at: first.at }, [first.fact])]
      : []),
    ...deedsOf(doc, to, journals).map(({ says, fact }) => told('WE_DID', says, [fact])),
    ...(stopped ? [told('WE_DID', { code: 'CONTAINED', at: stopped.occurredAt }, [stopped.fact])] : []),
    ...(now.closing ? [told('WE_DID', { code: 'CLOSED', at: now.closing.at }, [now.closing.fact])] : []),
  ];
  return did.length ? did : [told('WE_DID', { code: 'NOTHING_DONE' }, [doc.openedFact])];
};

const asked = ({ kind, text, actionClass, target, onHoldReason }: ReportWaitingItem): StoryContent => {
  switch (kind) {
    case 'APPROVAL':
      return { code: 'APPROVE', actionClass: actionClass ?? '', target: target ?? '' };
    case 'GUIDANCE':
      return { code: 'GUIDANCE', actionClass: actionClass ?? '', target: target ?? '' };
    case 'QUESTION':
      return { code: 'REPLY', text };
    case 'ON_HOLD':
      return { code: 'HELD', reason: onHoldReason ?? 'AWAITING_CUSTOMER' };
    case 'RECOMMENDATION':
      return { code: 'FOLLOW', text };
  }
};

/** Of a case that is over: what still holds of it, and what would have kept it from happening. */
const leftOver = ({ doc, now, to, journals, waiting }: StoryOf): StorySentence[] => {
  if (now.isOpen) return [];
  const prevention = waiting.length ? '' : excerpt(now.closing?.rootCause?.preventableHow ?? '', 160);
  return [
    ...holdingOf(doc, to, journals).map(({ says, fact }) => told('YOU_DO', says, [fact])),
    ...(prevention ? [told('YOU_DO', { code: 'PREVENT', text: prevention }, [now.closing?.fact])] : []),
  ];
};

const youDo = (of: StoryOf): StorySentence[] => {
  const { doc, now, waiting } = of;
  const asks = [...waiting.map((one) => told('YOU_DO', asked(one), one.facts)), ...leftOver(of)];
  if (asks.length) return asks;
  return [told('YOU_DO', { code: now.isOpen ? 'NOTHING_YET' : 'NOTHING_TO_DO' }, [doc.openedFact])];
};

/** The story of one case, part after part. */
export const storyOf = (of: StoryOf): StorySentence[] => [...happened(of), ...means(of), ...weDid(of), ...youDo(of)];
