import type {
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

export interface JournalFinding extends FindingSummary {
  addedAt: number;
  removedAt: number | null;
}

export interface JournalMessage {
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

export interface JournalRecommendation {
  recommendationId: string;
  text: string;
  at: number;
  completedAt: number | null;
}

export interface CaseClosing {
  verdict: Verdict;
  reason: VerdictReason;
  summary: string;
  impact: boolean;
  rootCause: RootCause | null;
  at: number;
}

export interface CaseJournal {
  applied: StreamPosition;
  caseId: string;
  number: number;
  /** At its opening. */
  title: string;
  /** What it was called since; absent in documents of before. */
  titles?: { title: string; at: number }[];
  openedAt: number;
  openedBy: Actor;
  weights: { severity: Severity; priority: number; because: string; at: number }[];
  statuses: { status: CaseStatus; onHoldReason: OnHoldReason; at: number }[];
  phases: { phase: CasePhase; at: number }[];
  verdicts: { verdict: Verdict; reason: VerdictReason; at: number }[];
  clocks: { clocks: CaseClock[]; at: number }[];
  findings: JournalFinding[];
  acknowledgedAt: number[];
  notifiedAt: number[];
  /** When the effect was verified, and when the case learned of it. */
  contained: { occurredAt: number; at: number; actionId: string }[];
  actions: { actionId: string; actionClass: string; state: string; summary: string; occurredAt: number; at: number }[];
  closings: CaseClosing[];
  reopenedAt: number[];
  merged: { intoCaseId: string; at: number } | null;
  messages: JournalMessage[];
  recommendations: JournalRecommendation[];
  ratings: { stars: number; comment: string; at: number }[];
}
