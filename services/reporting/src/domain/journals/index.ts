/**
 * What reporting remembers of a tenant, one document per thing, with the instant of every change: figures are computed
 * "as of" the end of a period, so that the same period gives the same figures whenever it is asked. Times are epoch
 * milliseconds; what has not happened is null.
 */
import type { ActionJournal } from './action.js';
import type { CaseJournal } from './case.js';
import type { ExceptionJournal } from './exception.js';
import type { FindingJournal } from './finding.js';
import type { HostJournal } from './host.js';
import type { HuntJournal } from './hunt.js';
import type { PostureJournal } from './posture.js';
import type { ReceiptJournal } from './receipt.js';
import type { RecommendationJournal } from './recommendation.js';
import type { RuleJournal } from './rule.js';

export * from './action.js';
export * from './case.js';
export * from './exception.js';
export * from './finding.js';
export * from './host.js';
export * from './hunt.js';
export * from './posture.js';
export * from './receipt.js';
export * from './recommendation.js';
export * from './rule.js';
export * from './settings.js';
export * from './stream-position.js';
export * from './until.js';

/** Everything reporting knows of one tenant. */
export interface Journals {
  cases: CaseJournal[];
  actions: ActionJournal[];
  findings: FindingJournal[];
  receipts: ReceiptJournal[];
  hosts: HostJournal[];
  hunts: HuntJournal[];
  exceptions: ExceptionJournal[];
  postures: PostureJournal[];
  recommendations: RecommendationJournal[];
  /** Detection's rules: those for all tenants, and the tenant's own. */
  rules: RuleJournal[];
}
