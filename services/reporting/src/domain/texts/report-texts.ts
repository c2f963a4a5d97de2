import type {
  ActionState,
  CasePhase,
  CaseStatus,
  ClockKind,
  Criticality,
  OnHoldReason,
  RecommendationState,
  ReportKind,
  ResponseMode,
  Severity,
  SourceKind,
  UnverifiedReason,
  Verdict,
  VerdictReason,
} from '#contracts';
import type { WaitingKind } from '#libs/terms';
import type { FigureId } from '../metrics/index.js';
import type { PostureItem, ReportTimelineKind } from '../report/data.js';
import type { ReportCount } from './count.js';
import type { StoryTexts } from './story-texts.js';

/** Action classes that have a name of their own; others are shown as they are. */
export type NamedClass = 'isolate-host' | 'release-host' | 'suspend-user' | 'unsuspend-user';

export type ReportSectionId =
  | 'verdict'
  | 'funnel'
  | 'waiting'
  | 'cases'
  | 'actions'
  | 'clocks'
  | 'hunts'
  | 'visibility'
  | 'posture'
  | 'quality'
  | 'appendix';

/** Numbers that the verdict speaks of. */
export interface VerdictCounts {
  uncontained: number;
  /** Serious cases that the customer said it dealt with: not seen here. */
  handedOver: number;
  contained: number;
  /** Serious cases of the period that were not found harmless. */
  serious: number;
  waiting: number;
  breaches: number;
  silent: number;
  /** Posture items of at least medium severity that stand open and are told by none of these. */
  gaps: number;
  cases: number;
}

export type ReportLabel =
  | 'product'
  | 'confidential'
  | 'case'
  | 'severity'
  | 'status'
  | 'opened'
  | 'contained'
  | 'resolved'
  | 'verdict'
  | 'findings'
  | 'action'
  | 'target'
  | 'state'
  | 'approvedBy'
  | 'verified'
  | 'reverted'
  | 'since'
  | 'age'
  | 'what'
  | 'subject'
  | 'target-time'
  | 'due'
  | 'met'
  | 'late'
  | 'level'
  | 'attained'
  | 'missed'
  | 'attainment'
  | 'figure'
  | 'median'
  | 'p90'
  | 'n'
  | 'hypothesis'
  | 'technique'
  | 'scope'
  | 'events'
  | 'eventsBefore'
  | 'rows'
  | 'outcome'
  | 'source'
  | 'kind'
  | 'lastSeen'
  | 'change'
  | 'recommendation'
  | 'rule'
  | 'falsePositives'
  | 'matches'
  | 'reasons'
  | 'value'
  | 'formula'
  | 'query'
  | 'rootCause'
  | 'patientZero'
  | 'cause'
  | 'prevention'
  | 'initialAccess'
  | 'attack'
  | 'timeline'
  | 'known'
  | 'involved'
  | 'priority'
  | 'perDay'
  | 'containTimes'
  | 'ours'
  | 'yours'
  | 'thirdParty'
  | 'silent'
  | 'alive'
  | 'byPolicy'
  | 'nobody'
  | 'nothingFound'
  | 'notMet'
  | 'noMore'
  | 'allSources'
  | 'noData'
  | 'tuning'
  | 'suppressions'
  | 'cases'
  | 'needingYou'
  | 'period'
  | 'timeZone'
  | 'responseMode'
  | 'waitedFor'
  | 'stopped'
  | 'notVerified'
  | 'usage'
  | 'reference'
  | 'posture'
  | 'unattributed'
  | 'businessHours'
  | 'phase'
  | 'breaches'
  | 'levelsAttained'
  | 'trend';

/** What the states of things are called. */
export interface StateTexts {
  severities: Record<Severity | Criticality, string>;
  statuses: Record<CaseStatus, string>;
  onHold: Record<OnHoldReason, string>;
  phases: Record<CasePhase, string>;
  verdicts: Record<Verdict, string>;
  verdictReasons: Record<VerdictReason, string>;
  actionClasses: Record<NamedClass, string>;
  actionStates: Record<ActionState, string>;
  unverified: Record<UnverifiedReason, string>;
  clocks: Record<ClockKind, string>;
  sources: Record<SourceKind, string>;
  modes: Record<ResponseMode, string>;
  waiting: Record<WaitingKind, string>;
  advice: Record<RecommendationState, string>;
  timeline: Record<ReportTimelineKind, string>;
}

/** Whole sentences. Functions take dates and names already formatted, and numbers where nothing beside them changes. */
export interface SentenceTexts {
  posture: Record<PostureItem['kind'], (count: number, names: string) => string>;
  postureAdvice: Record<PostureItem['kind'], string>;
  verdict: Record<'grey' | 'red' | 'amber' | 'green', (counts: VerdictCounts) => string>;
  empty: Record<
    | 'waiting'
    | 'waitingUncontained'
    | 'cases'
    | 'actions'
    | 'breaches'
    | 'hunts'
    | 'posture'
    | 'recommendations'
    | 'quality'
    | 'containments'
    | 'clocks'
    | 'findings'
    | 'tuning',
    string
  >;
  sentences: {
    funnel(events: ReportCount, findings: ReportCount, cases: ReportCount, needing: ReportCount): string;
    ratio(count: string): string;
    /** Where the findings belong: cases opened in the period, earlier ones, none. */
    findingsIn(opened: ReportCount, earlier: ReportCount, none: ReportCount): string;
    casesTold(opened: ReportCount, earlier: ReportCount): string;
    value(handled: ReportCount, minutes: string, saved: string): string;
    /** What went better, worse and alike, by name. */
    trend: Record<'better' | 'worse' | 'alike', (names: string) => string>;
    omitted(count: number): string;
    stopped(action: string, target: string, at: string, caseNumber: string): string;
    notVerified(action: string, target: string, why: string, caseNumber: string): string;
    assets(sending: ReportCount | null, known: ReportCount): string;
    techniques(covered: ReportCount, inScope: ReportCount): string;
    percentile: string;
    verify: string;
  };
}

/** Every word of a report in one language. */
export interface ReportTexts extends StateTexts, SentenceTexts {
  story: StoryTexts;
  /** Of ATT&CK, by id without the part after the dot. */
  techniques: Record<string, string>;
  locale: string;
  /** Between the items of a list. */
  comma: string;
  /** Between a name and what is said of it. */
  colon: string;
  /** Ways of telling somebody, by their names in contacts. */
  channels: Record<string, string>;
  title: Record<ReportKind, string>;
  sections: Record<ReportSectionId, string>;
  labels: Record<ReportLabel, string>;
  figures: Record<FigureId, string>;
  formulas: Record<FigureId, string>;
  duration: { day: string; hour: string; minute: string; second: string; ms: string };
}
