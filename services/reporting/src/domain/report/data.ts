import type {
  ActionState,
  ActionTarget,
  CasePhase,
  CaseStatus,
  ClockKind,
  Criticality,
  Language,
  OnHoldReason,
  PolicyDecision,
  RecommendationPriority,
  RecommendationState,
  ReportColour,
  ReportKind,
  ResponseMode,
  RootCause,
  Severity,
  Tlp,
  UnverifiedReason,
  Verdict,
  VerdictReason,
} from '#contracts';
import type { PostureStanding, Tactic, WaitingKind } from '#libs/terms';
import type { StorySentence } from './story.js';
import type { MeasuredFigure } from '../metrics/index.js';
import type { Period } from './period.js';
import type { SourceState } from '../metrics/coverage.js';
import type { ClockResult } from '../metrics/service-levels.js';
import type { Containment } from '../metrics/respond.js';

/** A figure as published: with its formula in words and the range of its facts. */
export interface Figure extends MeasuredFigure {
  formula: string;
  range: Period;
}

export interface ReportWaitingItem {
  kind: WaitingKind;
  id: string;
  caseId: string;
  caseNumber: string;
  text: string;
  actionClass: string | null;
  target: string | null;
  /** Of a case that itself waits. */
  onHoldReason: OnHoldReason | null;
  since: number;
  ageMs: number;
  /** Ids of the facts that say so. */
  facts: string[];
}

export type ReportTimelineKind =
  | 'ACTIVITY'
  | 'OPENED'
  | 'ACKNOWLEDGED'
  | 'NOTIFIED'
  | 'QUESTION'
  | 'ANSWER'
  | 'ON_HOLD'
  | 'CONTINUED'
  | 'ACTION'
  | 'PERMITTED'
  | 'UNDO_FAILED'
  | 'CONTAINED'
  | 'RESOLVED'
  | 'CLOSED'
  | 'REOPENED';

/** `happenedAt` is when it happened, `knownAt` when it was known here. */
export interface ReportTimelineEntry {
  what: ReportTimelineKind;
  happenedAt: number;
  knownAt: number;
  detail: string;
  /** Of the finding that an activity is. */
  technique: string | null;
  actionClass: string | null;
  state: ActionState | null;
  onHoldReason: OnHoldReason | null;
}

/** A host or person of a case, or an address of one without, as far as the customer told who that is. */
export interface ConcernedEntity {
  kind: string;
  name: string;
  criticality: Criticality;
  /** Of an asset its owner, of either its unit; empty where nobody said. */
  owner: string;
  /** Other names of the same one in the case. */
  alsoAs: string[];
}

export interface ReportedCase {
  caseId: string;
  caseNumber: string;
  title: string;
  /** What it is about in ATT&CK's words, and where; null where no finding says. */
  tactic: Tactic | null;
  where: string | null;
  severity: Severity;
  status: CaseStatus;
  onHoldReason: OnHoldReason;
  phase: CasePhase;
  verdict: Verdict;
  verdictReason: VerdictReason;
  openedAt: number;
  containedAt: number | null;
  /** The customer said that it did what was left to contain it; nobody here saw that. */
  isHandedOver: boolean;
  resolvedAt: number | null;
  techniques: string[];
  tactics: string[];
  findings: number;
  story: StorySentence[];
  concerned: ConcernedEntity[];
  /** What else was met, counted. */
  met: { kind: string; count: number }[];
  rootCause: RootCause | null;
  timeline: ReportTimelineEntry[];
  timelineOmitted: number;
}

export interface ReportedAction {
  actionId: string;
  caseNumber: string;
  actionClass: string;
  target: ActionTarget | null;
  reactId: string;
  reason: string;
  state: ActionState;
  decision: PolicyDecision | null;
  because: string;
  proposedAt: number | null;
  /** Who agreed; null when nobody was asked, or nobody agreed. */
  approvedBy: { subject: string; side: string; at: number } | null;
  verifiedAt: number | null;
  /** Its effect was seen in the period, stood until it was taken back, if it was, and kept an attack from going on. */
  hasStopped: boolean;
  doneByCustomerAt: number | null;
  revertedAt: number | null;
  /** What was seen last of its effect, and up to when that reaches (epoch ms). */
  evidence: string;
  observedAt: number | null;
  /** Why its effect, or that of undoing it, is neither proved nor disproved; null where it is, or nobody looked. */
  unverified: UnverifiedReason | null;
}

export interface ReportedHunt {
  huntId: string;
  hypothesis: string;
  technique: string;
  scope: { from: number; to: number; source: string } | null;
  scanned: number;
  rows: number;
  elapsedMs: number;
  failure: string | null;
  at: number;
}

export interface PostureItem {
  kind: 'SOURCE_SILENT' | 'ASSETS_UNSEEN' | 'TECHNIQUES_UNCOVERED';
  severity: Severity;
  subjects: string[];
  count: number;
}

/** A posture item as it stood at the end of the period. */
export interface ReportedPosture {
  postureId: string;
  check: string;
  subject: string;
  title: string;
  severity: Severity;
  state: PostureStanding;
  recommendation: string;
  owner: string;
  dueAt: number | null;
  accepted: { by: string; reason: string; at: number } | null;
  openedAt: number;
  changedAt: number;
}

export interface ReportedAdvice {
  recommendationId: string;
  /** Empty where it comes from no case. */
  caseNumber: string;
  /** Empty where it comes from no posture item. */
  postureId: string;
  /** The root cause that its case was closed with. */
  cause: string | null;
  text: string;
  owner: string;
  dueAt: number | null;
  /** Null for advice of before it had one. */
  priority: RecommendationPriority | null;
  at: number;
  state: RecommendationState;
  endedAt: number | null;
  endedBy: string | null;
}

export interface RuleQuality {
  ruleId: string;
  title: string;
  /** The first that it tells of. */
  technique: string | null;
  falsePositives: number;
  reasons: VerdictReason[];
  findings: number;
  matches: number;
}

/** An exception from a rule, by the title of the rule where a finding told it. */
export interface ReportedException {
  exceptionId: string;
  title: string;
  technique: string | null;
  owner: string;
  reason: string;
  since: number;
  until: number;
}

/**
 * Form of what is composed now. 1 called an action VERIFIED again after an undo that failed, and told that in a case's
 * story as a response whose outcome is unknown. 2 told no sentences about cases, no trend, and why a case mattered in
 * English. 3 called a period calm beside open posture items and what the customer said that it did verified, judged
 * silence by the clock, rounded the hours saved, and named no addresses, nor techniques beside rules. It counts up when
 * the same facts come to be told otherwise.
 */
export const REPORT_SCHEMA = 4;

/** A report as data: everything the pages say, and nothing that changes when it is made again from the same facts. */
export interface ReportData {
  schema: typeof REPORT_SCHEMA;
  tenant: { id: string; name: string };
  kind: ReportKind;
  period: Period;
  before: Period;
  language: Language;
  timeZone: string;
  tlp: Tlp;
  settingsVersion: number;
  responseMode: ResponseMode;
  verdict: { colour: ReportColour; sentence: string };
  figures: Figure[];
  days: { date: string; findings: number; cases: number }[];
  trend: TrendPoint[];
  /** Where the findings of the period belong: their sum is the figure `findings`. */
  findingsIn: { opened: number; earlier: number; none: number };
  /** Cases told here: opened in the period, and open from before. */
  casesTold: { opened: number; earlier: number };
  waiting: ReportWaitingItem[];
  cases: ReportedCase[];
  actions: ReportedAction[];
  serviceLevels: { kind: ClockKind; attained: number; missed: number }[];
  breaches: (Omit<ClockResult, 'number' | 'attained'> & { caseNumber: string; lateMs: number })[];
  waited: { oursMs: number; customerMs: number; thirdPartyMs: number } | null;
  containments: (Omit<Containment, 'number'> & { caseNumber: string })[];
  hunts: ReportedHunt[];
  sources: SourceState[];
  assets: { known: number; sending: number | null; unseen: string[] };
  techniques: { inScope: number; covered: number; seen: string[] } | null;
  posture: PostureItem[];
  /** Absent when there were none. */
  postureItems?: ReportedPosture[];
  recommendations: ReportedAdvice[];
  quality: RuleQuality[];
  /** Exceptions from rules that held in the period; absent when there were none. */
  exceptions?: ReportedException[];
  /** Members of long lists that are counted and not told. */
  omitted: Record<BoundedList, number>;
}

/** One period of a trend; no data is null. */
export interface TrendPoint extends Period {
  cases: number;
  notifyMs: number | null;
  containMs: number | null;
  attained: number | null;
}

/** Lists that are cut when they are long. */
export type BoundedList =
  | 'waiting'
  | 'cases'
  | 'actions'
  | 'breaches'
  | 'containments'
  | 'hunts'
  | 'recommendations'
  | 'quality'
  | 'postureItems';
