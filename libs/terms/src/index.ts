/**
 * What services must agree on, once, in words of the contracts: what state an action is in, what waits for the
 * customer, who may ask what, when two names are one host or user, which override of a policy governs, what names a
 * tenant, and orders, services and lengths of time. Pure; knows the types of contracts and nothing else, so that all
 * rooms can look it up; README has the list.
 */
export {
  hasEndedUnheld,
  isSettled,
  mayBeWithdrawn,
  standingAfter,
  standingIn,
  stateTold,
  type ActionStanding,
  type StateTellingFact,
} from './action-state.js';
export * from './askers.js';
export { isToldBy, shareMs, unansweredBy, type Unanswered } from './asking.js';
export { CHANNELS, isCall, isHook, isMail, isReached } from './channels.js';
export { holdOf, pausedClocks, standsContainStill, type CaseWaits } from './case-hold.js';
export { isCaseDone } from './case-status.js';
export { contains, effectHolds, isCaseContained, isContaining, type ContainmentOf } from './containment.js';
export { DAY_MS, HOUR_MS, hourName, MINUTE_MS, WEEK_MS } from './durations.js';
export { foldedEntities, rankedEntities } from './entities.js';
export { disagreementFlag, disagreementIn } from './event-times.js';
export { excludes } from './exclusions.js';
export { groupsOfAsset, hostsAllowed, hostsAllowedText, isCritical, isGroupOfOne, STANDARD_GUARDS } from './guards.js';
export { countsOfBoth, flagsCounted, kindOfFlag, latest, lossesCounted, NOTHING_KNOWN } from './receipt-counts.js';
export {
  rangeOf,
  stretchKey,
  toldAfter,
  type ReceiptRing,
  type ToldRange,
  type ToldReceipts,
} from './told-receipts.js';
export { isTopicMadeAnew, type OffsetsCounted } from './ingest-offsets.js';
export * from './may-ask.js';
export { survivorOf } from './merged.js';
export { entityName, foldName, isName, sameHost, sameUser, shortHost, shortUser } from './names.js';
export { observableForm } from './observables.js';
export { inEvaluationOrder, laxity, overrideHolds, overrideNamesGroup, type Situation } from './overrides.js';
export {
  NO_POSTURE,
  isPostureNews,
  postureAfter,
  postureStanding,
  type ContactCheck,
  type PostureCheck,
  type PostureFold,
  type PostureStanding,
  type InstallationCheck,
} from './posture.js';
export { pullAfter, PULLS, type PullFold } from './pull.js';
export {
  assetsCalled,
  assetsReplaced,
  findAssets,
  findIdentities,
  identitiesCalled,
  identitiesReplaced,
} from './registry.js';
export {
  isScope,
  isSource,
  isSecretReference,
  isTenant,
  isVendor,
  mayHaveBeenTenant,
  OPERATOR,
  SOURCE_NAME_RULE,
  TENANT_NAME_RULE,
} from './scopes.js';
export { SERVICES, type ServiceName } from './services.js';
export {
  criticalityRank,
  highestCriticality,
  highestSeverity,
  isAtLeast,
  SEVERITIES,
  severityRank,
} from './severity.js';
export { adviceStateTold, adviceWords, type AdviceFact } from './recommendation.js';
export { wasTold } from './telling.js';
export { plainTactic, tacticOf, TACTICS, type Tactic } from './tactics.js';
export { isVisibilityRule, VISIBILITY_RULES, type GapKind } from './visibility.js';
export {
  isCaseOpen,
  questionsAfter,
  WAITING_KINDS,
  waitingOfAction,
  waitingOfCase,
  type OpenQuestion,
  type WaitingKind,
} from './waiting.js';
export { isUrl } from './urls.js';
export { partOfPage, THINGS_A_PAGE, withPages } from './tenant-pages.js';
