import type {
  ActionTarget,
  Actor,
  CaseClock,
  CasePhase,
  CaseStatus,
  Entity,
  FindingSummary,
  OnHoldReason,
  RecommendationState,
  Severity,
  Verdict,
  VerdictReason,
} from '#contracts';
import type { ActionStanding, OpenQuestion } from '#libs/terms';

/** A question of the provider that the customer has not answered, with what it says. */
export interface OpenCaseQuestion extends OpenQuestion {
  text: string;
  by: Actor;
  at: number;
}

export interface RecordedAction extends ActionStanding {
  actionClass: string;
  target: ActionTarget;
  occurredAt: number;
  /** Whether its question got to anybody who was asked; undefined where older facts do not say. */
  isTold?: boolean | undefined;
}

/** What a decision on a case needs of its past. */
export interface CaseState {
  /** 0 until opened. */
  number: number;
  openedBy?: Actor;
  status: CaseStatus;
  onHoldReason: OnHoldReason;
  /** What people said it is, and it is again once it waits for nobody's word. */
  said: { status: CaseStatus; onHoldReason: OnHoldReason };
  phase: CasePhase;
  title: string;
  /** Opened without findings: a person said what it is called. */
  namedByHand: boolean;
  severity: Severity;
  /** A person set the severity: findings no longer change it. */
  pinned: boolean;
  priority: number;
  because: string;
  /** Ids of the findings, and what their weight needs. */
  findings: FindingSummary[];
  entities: Entity[];
  verdict: Verdict;
  verdictReason: VerdictReason;
  assignee?: string;
  acknowledgedBy?: string;
  clocks: CaseClock[];
  /** Until when the clocks are accounted for, as far as approvals go: no time is taken off them twice. 0: not yet. */
  wentOnAt: number;
  /** `<contact> <channel>` of those told in this life of it. */
  notified: string[];
  /** Ids of deliveries that reached nobody. */
  untold: string[];
  /** Message ids of questions. */
  questions: string[];
  /** The provider's, not answered. */
  openQuestions: readonly OpenCaseQuestion[];
  /** Given in the case, before advice had a stream of its own. */
  recommendations: Record<string, 'OPEN' | 'DONE'>;
  /** Where advice that comes from it stands. */
  advice: Record<string, RecommendationState>;
  actions: Record<string, RecordedAction>;
  mergedInto?: string;
  /** When; epoch ms. */
  mergedAt?: number;
  /** Ids of findings that came from another case of which nothing else is known yet. */
  movedFrom: Record<string, string[]>;
  /** When other cases went into this one. */
  tookOverAt: Record<string, number>;
  rated: boolean;
  /** How often it was reopened, and when last; 0 for a case that never was. */
  life: number;
  lifeSince: number;
  /** Who of the provider wrote facts of it. */
  workers: string[];
  /** The highest severity it, any finding of it, or what was merged into it ever had. */
  gravest: Severity;
  /** A verified effect contained it, a part of it or what was merged into it, be it undone since. */
  wasContained: boolean;
}
