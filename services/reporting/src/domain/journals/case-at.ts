import type { CasePhase, CaseStatus, CaseClock, OnHoldReason, Severity, Verdict, VerdictReason } from '#contracts';
import { isCaseDone, isCaseOpen } from '#libs/terms';
import type { CaseJournal, CaseClosing, JournalFinding } from './index.js';
import type { Period } from '../report/period.js';
import { untoldMs } from './untold.js';

/** A case as it stood at an instant. */
export interface CaseAt {
  title: string;
  status: CaseStatus;
  onHoldReason: OnHoldReason;
  phase: CasePhase;
  verdict: Verdict;
  verdictReason: VerdictReason;
  severity: Severity;
  because: string;
  clocks: CaseClock[];
  findings: JournalFinding[];
  /** When it first was; `isContainedAt` says whether it still is. */
  containedAt: number | null;
  acknowledgedAt: number | null;
  notifiedAt: number | null;
  /** Of the resolution that stands, else null. */
  resolvedAt: number | null;
  closing: CaseClosing | null;
  isOpen: boolean;
  isMerged: boolean;
}

const lastUntil = <T extends { at: number }>(list: T[], at: number): T | undefined =>
  list.findLast((one) => one.at < at);
const firstUntil = (list: number[], at: number): number | null => {
  const first = list.length ? Math.min(...list) : undefined;
  return first !== undefined && first < at ? first : null;
};

/** When the case was last moved from open to resolved or closed; null while it is open. */
const resolvedUntil = (doc: CaseJournal, at: number): number | null => {
  const steps = doc.statuses.filter((step) => step.at < at);
  if (!steps.length || !isCaseDone(steps.at(-1)!.status)) return null;
  const lastOpen = steps.findLastIndex(({ status }) => !isCaseDone(status));
  return steps[lastOpen + 1]?.at ?? null;
};

/** Every instant until then at which the case came to be done, by more than becoming part of another one. */
export const resolutionsUntil = ({ statuses, merged }: CaseJournal, at: number): number[] =>
  statuses
    .filter(
      (step, index) =>
        step.at < Math.min(at, merged?.at ?? at) &&
        isCaseDone(step.status) &&
        !(index > 0 && isCaseDone(statuses[index - 1]!.status)),
    )
    .map((step) => step.at);

const NEW: CaseJournal['statuses'][number] = { status: 'NEW', onHoldReason: 'NONE', at: 0 };
const UNJUDGED: CaseJournal['verdicts'][number] = { verdict: 'UNKNOWN', reason: 'NONE', at: 0 };
const UNWEIGHED: CaseJournal['weights'][number] = { severity: 'UNKNOWN', priority: 0, because: '', at: 0 };

/** The verdict that stands: one is of what was known then, and counts no more once the case was reopened. */
export const verdictAt = (
  { verdicts, reopenedAt }: CaseJournal,
  at: number,
): CaseJournal['verdicts'][number] | undefined => {
  const reopened = Math.max(0, ...reopenedAt.filter((one) => one < at));
  const last = lastUntil(verdicts, at);
  return last && last.at >= reopened && last.verdict !== 'UNKNOWN' ? last : undefined;
};

const titleAt = (doc: CaseJournal, at: number): string => lastUntil(doc.titles ?? [], at)?.title ?? doc.title;

const standingAt = (doc: CaseJournal, at: number): CaseAt => {
  const { status, onHoldReason } = lastUntil(doc.statuses, at) ?? NEW;
  const { verdict, reason: verdictReason } = verdictAt(doc, at) ?? UNJUDGED;
  const { severity, because } = lastUntil(doc.weights, at) ?? doc.weights[0] ?? UNWEIGHED;
  const isMerged = doc.merged !== null && doc.merged.at < at;
  return {
    title: titleAt(doc, at),
    status,
    onHoldReason: status === 'ON_HOLD' ? onHoldReason : 'NONE',
    phase: lastUntil(doc.phases, at)?.phase ?? 'IDENTIFICATION',
    verdict,
    verdictReason,
    severity,
    because,
    clocks: lastUntil(doc.clocks, at)?.clocks ?? [],
    findings: doc.findings.filter(({ addedAt, removedAt }) => addedAt < at && (removedAt === null || removedAt >= at)),
    containedAt: firstUntil(
      doc.contained.map(({ occurredAt }) => occurredAt),
      at,
    ),
    acknowledgedAt: firstUntil(doc.acknowledgedAt, at),
    notifiedAt: firstUntil(doc.notifiedAt, at),
    resolvedAt: resolvedUntil(doc, at),
    closing: isCaseDone(status) ? (lastUntil(doc.closings, at) ?? null) : null,
    isOpen: doc.openedAt < at && isCaseOpen({ status, isMerged }),
    isMerged,
  };
};

/** Every figure and section asks for the same instant of a case: the last one asked for is known. */
const known = new WeakMap<CaseJournal, { at: number; stands: CaseAt }>();

/** @param at epoch ms; what happens at that very instant has not happened yet, as `to` of a period. */
export const caseAt = (doc: CaseJournal, at: number): CaseAt => {
  const before = known.get(doc);
  if (before?.at === at) return before.stands;
  const stands = standingAt(doc, at);
  known.set(doc, { at, stands });
  return stands;
};

export type WaitedFor = 'OURS' | 'CUSTOMER' | 'THIRD_PARTY';

const waitingFor = (status: CaseStatus, reason: OnHoldReason): WaitedFor => {
  if (status !== 'ON_HOLD') return 'OURS';
  return reason === 'AWAITING_THIRD_PARTY' ? 'THIRD_PARTY' : reason === 'NONE' ? 'OURS' : 'CUSTOMER';
};

/**
 * Milliseconds of [from, to) by the side the case waited for; a case that is done waits for nobody. A question that
 * nobody was told of is no reason to wait for the customer.
 */
export const waitedMs = (doc: CaseJournal, { from, to }: Period): Record<WaitedFor, number> => {
  const waited: Record<WaitedFor, number> = { OURS: 0, CUSTOMER: 0, THIRD_PARTY: 0 };
  doc.statuses.forEach(({ status, onHoldReason, at }, index) => {
    const span = { from: Math.max(at, from), to: Math.min(doc.statuses[index + 1]?.at ?? to, to) };
    if (span.to <= span.from || isCaseDone(status)) return;
    const untold = onHoldReason === 'AWAITING_APPROVAL' ? untoldMs(doc, span) : 0;
    waited[waitingFor(status, onHoldReason)] += span.to - span.from - untold;
    waited.OURS += untold;
  });
  return waited;
};

/** Cases that began in the period and are not part of another one at its end. */
export const openedIn = (docs: CaseJournal[], { from, to }: Period): CaseJournal[] =>
  docs.filter((doc) => doc.openedAt >= from && doc.openedAt < to && !(doc.merged && doc.merged.at < to));
