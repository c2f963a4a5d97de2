/**
 * What reporting remembers of a tenant, one document per thing, with the instant of every change: figures are computed
 * "as of" the end of a period, so that the same period gives the same figures whenever it is asked. Times are epoch
 * milliseconds; what has not happened is null.
 */
import type {
  ActionOutcome,
  ActionTarget,
  Actor,
  CaseClock,
  CasePhase,
  CaseStatus,
  FindingSummary,
  MessageKind,
  OnHoldReason,
  PolicyDecision,
  RootCause,
  Severity,
  SourceKind,
  TenantState,
  Verdict,
  VerdictReason,
} from '#contracts';

/** Place in its stream of the last fact applied: [version, index]. */
export type StreamPosition = [number, number];

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
  title: string;
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

export interface ActionJournal {
  applied: StreamPosition;
  actionId: string;
  caseId: string;
  actionClass: string;
  target: ActionTarget | null;
  reactId: string;
  d3fend: string;
  reason: string;
  ttlMinutes: number;
  detectedAt: number | null;
  proposedAt: number | null;
  /** When the vendor was asked who the target is; absent in documents that never heard of it. */
  identityRequestedAt?: number[];
  decisions: { decision: PolicyDecision; rule: string; because: string; at: number }[];
  approvalRequested: { expiresAt: number; question: string; at: number } | null;
  approved: { by: Actor; comment: string; at: number } | null;
  denied: { by: Actor; comment: string; at: number } | null;
  expiredAt: number | null;
  guidedAt: number | null;
  skipped: { because: string; at: number } | null;
  started: { inverting: boolean; at: number }[];
  finished: { outcome: ActionOutcome; detail: string; at: number }[];
  verified: { effective: boolean; evidence: string; at: number }[];
  reverted: { by: Actor; reason: string; at: number } | null;
  revertFailed: { detail: string; at: number } | null;
  doneByCustomer: { by: Actor; comment: string; at: number } | null;
}

export interface FindingJournal {
  findingId: string;
  /** Null until the finding itself was heard: where it was placed may be heard first. */
  raised: {
    ruleId: string;
    title: string;
    severity: Severity;
    techniques: string[];
    source: string;
    occurredAt: number;
    ingestedAt: number;
    detectedAt: number;
  } | null;
  /** Matches seen so far at an instant, growing. */
  counts: { count: number; at: number }[];
  /** Cases it was placed in, by version of the clustering stream. */
  places: { version: number; caseId: string; at: number }[];
}

/** A counted range of an ingest topic, and when it was received. */
export interface CountedRange {
  from: number;
  to: number;
  at: number;
  messages: number;
  accepted: number;
  dead: number;
  bytes: number;
}

export interface ReceiptJournal {
  source: string;
  topic: string;
  partition: number;
  /** Everything up to this offset is counted for good; -1 for nothing yet. */
  watermark: number;
  /**
   * The latest ranges, by offset, each still known by itself: a range read again takes the place of those inside it.
   */
  tail: CountedRange[];
  /** Sums by quarter of an hour (epoch ms / 900,000); the tail is in them. */
  slots: (Pick<CountedRange, 'messages' | 'accepted' | 'dead' | 'bytes'> & { slot: number })[];
}

/** Devices a source told of on one UTC day: first and last time seen. */
export interface HostJournal {
  source: string;
  /** ISO date. */
  day: string;
  hosts: { host: string; first: number; last: number }[];
}

export interface HuntJournal {
  applied: StreamPosition;
  huntId: string;
  hypothesis: string;
  technique: string;
  askedAt: number | null;
  scope: { from: number; to: number; source: string } | null;
  finished: { rows: number; scanned: number; elapsedMs: number; failure: string | null; at: number } | null;
}

/** An exception from a rule: matches that meet its conditions raise nothing while it holds. */
export interface ExceptionJournal {
  applied: StreamPosition;
  exceptionId: string;
  ruleId: string;
  owner: string;
  reason: string;
  addedAt: number;
  expiresAt: number;
  endedAt: number | null;
}

/** One form of a tenant's settings: reports name the version they were made with. */
export interface SettingsJournal {
  version: number;
  state: TenantState;
}

/** Everything reporting knows of one tenant. */
export interface Journals {
  cases: CaseJournal[];
  actions: ActionJournal[];
  findings: FindingJournal[];
  receipts: ReceiptJournal[];
  hosts: HostJournal[];
  hunts: HuntJournal[];
  exceptions: ExceptionJournal[];
  /** Detection's rules: those for all tenants, and the tenant's own. */
  rules: RuleJournal[];
}

/** The rules that run with one import (none: the built-in ones alone), since they were first told. */
export interface RuleJournal {
  importId: string;
  at: number;
  rules: { ruleId: string; techniques: string[]; kind: SourceKind; tested: boolean }[];
}
