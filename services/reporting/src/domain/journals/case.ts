import type {
  ActionTarget,
  Actor,
  CaseClock,
  CasePhase,
  CaseStatus,
  FindingSummary,
  MessageKind,
  OnHoldReason,
  RootCause,
  Severity,
  Verdict,
  VerdictReason,
} from '#contracts';
import type { StreamPosition } from './stream-position.js';
import type { Reaching } from './until.js';

/** What a fact told, by the fact's id; absent in documents of before. */
interface JournalSource {
  fact?: string;
}

export interface JournalFinding extends FindingSummary, JournalSource {
  addedAt: number;
  removedAt: number | null;
}

export interface JournalMessage extends JournalSource {
  messageId: string;
  kind: MessageKind;
  text: string;
  inReplyTo: string | null;
  by: Actor;
  at: number;
  /** These two are absent in journals of before. */
  blocking?: boolean;
  withdrawnAt?: number | null;
}

export interface JournalRecommendation extends JournalSource {
  recommendationId: string;
  text: string;
  at: number;
  completedAt: number | null;
}

export interface CaseClosing extends JournalSource {
  verdict: Verdict;
  reason: VerdictReason;
  summary: string;
  impact: boolean;
  rootCause: RootCause | null;
  at: number;
}

export interface CaseJournal extends Reaching {
  applied: StreamPosition;
  caseId: string;
  number: number;
  /** At its opening. */
  title: string;
  /** What it was called since; absent in documents of before. */
  titles?: { title: string; findingId?: string; at: number }[];
  openedAt: number;
  /** The fact that it was opened. */
  openedFact?: string;
  openedBy: Actor;
  weights: { severity: Severity; priority: number; because: string; at: number }[];
  statuses: ({ status: CaseStatus; onHoldReason: OnHoldReason; at: number } & JournalSource)[];
  phases: { phase: CasePhase; at: number }[];
  verdicts: ({ verdict: Verdict; reason: VerdictReason; at: number } & JournalSource)[];
  clocks: { clocks: CaseClock[]; at: number }[];
  findings: JournalFinding[];
  acknowledgedAt: number[];
  /** Of the same, in the same order. */
  acknowledgedFacts?: string[];
  notifiedAt: number[];
  /** Who was told, and how. */
  told?: ({ contact: string; channel: string; at: number } & JournalSource)[];
  /** When the effect was verified, and when the case learned of it. */
  contained: ({ occurredAt: number; at: number; actionId: string } & JournalSource)[];
  /** The same of cases that went into it, and since when it is of this one: only in journals after merges. */
  takenOver?: (CaseJournal['contained'][number] & { takenAt: number })[];
  actions: ({
    actionId: string;
    actionClass: string;
    target?: ActionTarget;
    state: string;
    summary: string;
    occurredAt: number;
    at: number;
    /** Whether its question got to anybody who was asked; absent or null where that is not said. */
    told?: boolean | null | undefined;
  } & JournalSource)[];
  closings: CaseClosing[];
  reopenedAt: number[];
  merged: { intoCaseId: string; at: number } | null;
  messages: JournalMessage[];
  recommendations: JournalRecommendation[];
  ratings: { stars: number; comment: string; at: number }[];
}
