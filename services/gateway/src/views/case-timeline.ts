import type { Actor, CarriedMessage, CaseFact, RecommendationState } from '#contracts';
import { wasTold } from '#libs/terms';

/** What happened (`occurredAt`) and when it was known (`at`). */
export interface TimelineEntry {
  at: number;
  occurredAt: number;
  kind: string;
  text: string;
  by: Actor | null;
  /** Stays with the provider. */
  internal: boolean;
}

interface CaseWording {
  text: string;
  occurredAt?: number;
  internal?: boolean;
}
type CaseWordings = {
  [Type in CaseFact['type']]: (fact: Extract<CaseFact, { type: Type }>) => CaseWording | undefined;
};

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
const first = (times: number[], otherwise: number): number => (times.length ? Math.min(...times) : otherwise);
const because = (reason: string): string => (reason && reason !== 'NONE' ? ` (${reason})` : '');

const colon = (text: string): string => (text ? `: ${text}` : '');

const ADVICE: Readonly<Record<RecommendationState, (text: string) => string>> = {
  OPEN: (text) => `recommended: ${text}`,
  DONE: (text) => `a recommendation was followed${colon(text)}`,
  RISK_ACCEPTED: (text) => `the risk of not following a recommendation was accepted${colon(text)}`,
  WITHDRAWN: (text) => `a recommendation was withdrawn${colon(text)}`,
};

/** @param entries in the order they were known. */
export const ordered = (
  entries: readonly TimelineEntry[],
  { order, latestFirst }: { order: 'KNOWN' | 'HAPPENED'; latestFirst: boolean },
): TimelineEntry[] => {
  const sorted = order === 'HAPPENED' ? [...entries].sort((a, b) => a.occurredAt - b.occurredAt) : [...entries];
  return latestFirst ? sorted.reverse() : sorted;
};

const saidBy = ({ kind, by, blocking }: Pick<CarriedMessage, 'kind' | 'by' | 'blocking'>): string =>
  `${blocking ? 'blocking ' : ''}${kind.toLowerCase()} of ${by.subject}`;

const wordings: CaseWordings = {
  'case.opened': ({ title, findings, at }) => ({
    text: `opened: ${title}`,
    occurredAt: first(
      findings.map(({ occurredAt }) => occurredAt),
      at,
    ),
  }),
  'case.acknowledged': ({ by }) => ({ text: `${by.subject} took note` }),
  'case.action-recorded': ({ summary, occurredAt }) => ({ text: summary, occurredAt }),
  'case.advice-recorded': ({ state, text, occurredAt }) => ({
    text: ADVICE[state](text),
    occurredAt,
  }),
  'case.assigned': ({ analyst }) => ({ text: `assigned to ${analyst}`, internal: true }),
  'case.actions-called-off': ({ actionIds, because: why }) => ({
    text: `${plural(actionIds.length, 'action')} not begun yet called off: ${why}`,
  }),
  'case.clocks-changed': () => undefined,
  'case.closed': ({ verdict, reason, summary }) => ({ text: `closed as ${verdict}${because(reason)}: ${summary}` }),
  'case.contained': ({ occurredAt }) => ({ text: 'contained: the effect of the action was verified', occurredAt }),
  'case.customer-notified': (fact) => ({
    text: `${fact.contact} was ${wasTold(fact) ? 'told' : 'to be told'} by ${fact.channel}`,
    occurredAt: fact.occurredAt ?? fact.at,
  }),
  'case.customer-not-told': ({ reason }) => ({ text: `nobody could be told: ${reason}`, internal: true }),
  'case.findings-added': ({ findings, at }) => ({
    text: `${plural(findings.length, 'finding')} joined: ${findings
      .slice(0, 3)
      .map(({ title }) => title)
      .join('; ')}${findings.length > 3 ? '; ...' : ''}`,
    occurredAt: first(
      findings.map(({ occurredAt }) => occurredAt),
      at,
    ),
  }),
  'case.findings-removed': ({ findingIds }) => ({
    text: `${plural(findingIds.length, 'finding')} moved to another case`,
  }),
  'case.merged': ({ reason }) => ({ text: `merged into another case: ${reason}` }),
  'case.message-posted': (fact) => ({ text: saidBy(fact) }),
  'case.note-added': ({ by }) => ({ text: `note of ${by.subject}`, internal: true }),
  'case.phase-changed': ({ from, to }) => ({ text: `phase ${from} became ${to}` }),
  'case.priority-changed': ({ severity, priority, because: why }) => ({
    text: `severity ${severity}, priority ${priority}: ${why}`,
  }),
  'case.question-withdrawn': ({ by }) => ({ text: `a question was withdrawn by ${by.subject}` }),
  'case.rated': ({ stars }) => ({ text: `rated with ${plural(stars, 'star')}` }),
  'case.recommendation-added': ({ text }) => ({ text: `recommended: ${text}` }),
  'case.recommendation-completed': () => ({ text: 'a recommendation was followed' }),
  'case.reopened': ({ reason }) => ({ text: `reopened: ${reason}` }),
  'case.status-changed': ({ from, to, onHoldReason }) => ({
    text: `status ${from} became ${to}${because(onHoldReason)}`,
  }),
  'case.titled': ({ title }) => ({ text: `called: ${title}` }),
  'case.taken-over': ({ messages }) =>
    messages?.length ? { text: `from a case that went into this one: ${messages.map(saidBy).join('; ')}` } : undefined,
  'case.verdict-set': ({ verdict, reason }) => ({
    text: verdict === 'UNKNOWN' ? 'to be judged anew' : `verdict ${verdict}${because(reason)}`,
  }),
};

const actorOf = (fact: CaseFact): Actor | null => {
  if (fact.type === 'case.opened') return fact.openedBy;
  return 'by' in fact ? (fact.by ?? null) : null;
};

/** @returns the entry of a fact; none when it says nothing to people. */
export const entryOf = (fact: CaseFact): TimelineEntry | undefined => {
  const wordingOf = wordings[fact.type] as ((fact: CaseFact) => CaseWording | undefined) | undefined;
  const wording = wordingOf?.(fact);
  if (!wording) return undefined;
  return {
    at: fact.at,
    occurredAt: wording.occurredAt ?? fact.at,
    kind: fact.type.slice('case.'.length),
    text: wording.text,
    by: actorOf(fact),
    internal: wording.internal ?? false,
  };
};
