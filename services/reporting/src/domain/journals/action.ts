import type { ActionOutcome, ActionState, ActionTarget, Actor, PolicyDecision, UnverifiedReason } from '#contracts';
import type { StreamPosition } from './stream-position.js';
import type { Reaching } from './until.js';

/** A state an action was in, and since when. */
export interface JournalActionState {
  state: ActionState;
  at: number;
}

export interface ActionJournal extends Reaching {
  applied: StreamPosition;
  /** In the order of its stream; absent in documents that have heard nothing since they are kept. */
  steps?: JournalActionState[];
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
  approvalRequested: { expiresAt: number; question: string; at: number; fact?: string } | null;
  approved: { by: Actor; comment: string; at: number } | null;
  denied: { by: Actor; comment: string; at: number } | null;
  expiredAt: number | null;
  /** How many were told of the question; absent or null where that is not known. */
  expiredTold?: number | null | undefined;
  guidedAt: number | null;
  guidedFact?: string;
  skipped: { because: string; at: number } | null;
  started: { inverting: boolean; at: number }[];
  finished: { outcome: ActionOutcome; detail: string; at: number }[];
  /** What looks saw that proved nothing, each reason once; absent in documents that never heard of one. */
  notVerified?: { reason: UnverifiedReason; evidence: string; observedAt: number; lagMs: number; at: number }[];
  /** `observedAt` and `lagMs` are absent in documents of before they were kept. */
  verified: { effective: boolean; evidence: string; observedAt?: number; lagMs?: number; at: number }[];
  reverted: { by: Actor; reason: string; at: number } | null;
  /** What it took was given back by another action; absent in documents that never heard of one. */
  superseded?: {
    byActionId: string;
    byCaseId: string;
    inverting: boolean;
    evidence: string;
    observedAt: number;
    at: number;
  };
  revertFailed: { detail: string; at: number } | null;
  doneByCustomer: { by: Actor; comment: string; at: number } | null;
}
