import type { Attack } from './attack.js';
import { actorChanged } from './actor-changed.js';
import { agreementToAnEarlierQuestion } from './agreement-to-an-earlier-question.js';
import { allowanceKeptForLater } from './allowance-kept-for-later.js';
import { anchorDeleted } from './anchor-deleted.js';
import { askedWhoCannotAnswer } from './asked-who-cannot-answer.js';
import { basisDroppedFromRequest } from './basis-dropped-from-request.js';
import { begunLongAfterItsDecision } from './begun-long-after-its-decision.js';
import { bodyDropByDrop } from './body-drop-by-drop.js';
import { carriedOutByName } from './carried-out-by-name.js';
import { chainPutBack } from './chain-put-back.js';
import { commitMovedToAnotherTenant } from './commit-moved-to-another-tenant.js';
import { correlationsWithoutNumber } from './correlations-without-number.js';
import { datagramsWithoutNumber } from './datagrams-without-number.js';
import { daysWithoutNumber } from './days-without-number.js';
import { effectThatFaultsForEver } from './effect-that-faults-for-ever.js';
import { effectsThatHang } from './effects-that-hang.js';
import { erasureForged } from './erasure-forged.js';
import { eventsWithoutNumber } from './events-without-number.js';
import { excludedHostRenamedByOne } from './excluded-host-renamed-by-one.js';
import { excludedUnderAnotherName } from './excluded-under-another-name.js';
import { exclusionRemovedByOne } from './exclusion-removed-by-one.js';
import { factBlanked } from './fact-blanked.js';
import { factTimeChanged } from './fact-time-changed.js';
import { factsTooLargeToKeep } from './facts-too-large-to-keep.js';
import { fewEventsOfManyBytes } from './few-events-of-many-bytes.js';
import { grantForAForeignTenant } from './grant-for-a-foreign-tenant.js';
import { groupFilledBeforeItIsAgreed } from './group-filled-before-it-is-agreed.js';
import { groupOfTheCaseNotTheTarget } from './group-of-the-case-not-the-target.js';
import { gzipOfManyLines } from './gzip-of-many-lines.js';
import { halfOpenRequests } from './half-open-requests.js';
import { headRenamed } from './head-renamed.js';
import { historyRewritten } from './history-rewritten.js';
import { hostRegroupedByOne } from './host-regrouped-by-one.js';
import { hoursWidenedByOne } from './hours-widened-by-one.js';
import { hugeCaseDocument } from './huge-case-document.js';
import { isolationOfAnotherLifted } from './isolation-of-another-lifted.js';
import { lettersOfOneTenantDrownOthers } from './letters-of-one-tenant-drown-others.js';
import { liftingWhatAnotherTook } from './lifting-what-another-took.js';
import { nameThatMovedAfterAgreement } from './name-that-moved-after-agreement.js';
import { namesakeInAGroupByOne } from './namesake-in-a-group-by-one.js';
import { namesakeInAnotherDomain } from './namesake-in-another-domain.js';
import { namesakeOfAnExcludedHostByOne } from './namesake-of-an-excluded-host-by-one.js';
import { nobodyAskedNobodyAnswered } from './nobody-asked-nobody-answered.js';
import { numberWithAMillionDigits } from './number-with-a-million-digits.js';
import { oneTenantSwitchesARuleOffForAll } from './one-tenant-switches-a-rule-off-for-all.js';
import { outbreakOverManyCases } from './outbreak-over-many-cases.js';
import { outbreakSlowerThanAnHour } from './outbreak-slower-than-an-hour.js';
import { pauseSwitchesARuleOff } from './pause-switches-a-rule-off.js';
import { poisonousTimer } from './poisonous-timer.js';
import { policyAgreedWithOneself } from './policy-agreed-with-oneself.js';
import { policyLoosenedByOne } from './policy-loosened-by-one.js';
import { readThatHangs } from './read-that-hangs.js';
import { recordAStageFailsAt } from './record-a-stage-fails-at.js';
import { recordTooLargeForTheRelay } from './record-too-large-for-the-relay.js';
import { requestIdUsedTwice } from './request-id-used-twice.js';
import { roleNotCheckedByTheDecider } from './role-not-checked-by-the-decider.js';
import { ruleEncodedTwelveTimes } from './rule-encoded-twelve-times.js';
import { ruleThatExplodesWhenExpanded } from './rule-that-explodes-when-expanded.js';
import { ruleThatFloods } from './rule-that-floods.js';
import { ruleWithAHugeTitle } from './rule-with-a-huge-title.js';
import { secretOfAnotherTenant } from './secret-of-another-tenant.js';
import { secretToAnotherOrigin } from './secret-to-another-origin.js';
import { serviceKeyAsksBeyondItsPage } from './service-key-asks-beyond-its-page.js';
import { serviceKeySpeaksForPeople } from './service-key-speaks-for-people.js';
import { signatureOfAnotherRequest } from './signature-of-another-request.js';
import { specialWordForAUser } from './special-word-for-a-user.js';
import { streamDeleted } from './stream-deleted.js';
import { streamGoneBeforeItsAnchor } from './stream-gone-before-its-anchor.js';
import { syslogLineWithoutEnd } from './syslog-line-without-end.js';
import { tailCutBetweenAnchors } from './tail-cut-between-anchors.js';
import { tokenOfTheOtherSide } from './token-of-the-other-side.js';
import { tooManyHunts } from './too-many-hunts.js';
import { tooManyRequests } from './too-many-requests.js';
import { tooManySockets } from './too-many-sockets.js';
import { undoThatTakesAway } from './undo-that-takes-away.js';
import { unsignedRequest } from './unsigned-request.js';
import { valueExchangedUnderSignature } from './value-exchanged-under-signature.js';
import { yamlBomb } from './yaml-bomb.js';

/** Sorted by name; one for each file. */
export const attacks: readonly Attack[] = [
  actorChanged,
  agreementToAnEarlierQuestion,
  allowanceKeptForLater,
  anchorDeleted,
  askedWhoCannotAnswer,
  basisDroppedFromRequest,
  begunLongAfterItsDecision,
  bodyDropByDrop,
  carriedOutByName,
  chainPutBack,
  commitMovedToAnotherTenant,
  correlationsWithoutNumber,
  datagramsWithoutNumber,
  daysWithoutNumber,
  effectThatFaultsForEver,
  effectsThatHang,
  erasureForged,
  eventsWithoutNumber,
  excludedHostRenamedByOne,
  excludedUnderAnotherName,
  exclusionRemovedByOne,
  factBlanked,
  factTimeChanged,
  factsTooLargeToKeep,
  fewEventsOfManyBytes,
  grantForAForeignTenant,
  groupFilledBeforeItIsAgreed,
  groupOfTheCaseNotTheTarget,
  gzipOfManyLines,
  halfOpenRequests,
  headRenamed,
  historyRewritten,
  hostRegroupedByOne,
  hoursWidenedByOne,
  hugeCaseDocument,
  isolationOfAnotherLifted,
  lettersOfOneTenantDrownOthers,
  liftingWhatAnotherTook,
  nameThatMovedAfterAgreement,
  namesakeInAGroupByOne,
  namesakeInAnotherDomain,
  namesakeOfAnExcludedHostByOne,
  nobodyAskedNobodyAnswered,
  numberWithAMillionDigits,
  oneTenantSwitchesARuleOffForAll,
  outbreakOverManyCases,
  outbreakSlowerThanAnHour,
  pauseSwitchesARuleOff,
  poisonousTimer,
  policyAgreedWithOneself,
  policyLoosenedByOne,
  readThatHangs,
  recordAStageFailsAt,
  recordTooLargeForTheRelay,
  requestIdUsedTwice,
  roleNotCheckedByTheDecider,
  ruleEncodedTwelveTimes,
  ruleThatExplodesWhenExpanded,
  ruleThatFloods,
  ruleWithAHugeTitle,
  secretOfAnotherTenant,
  secretToAnotherOrigin,
  serviceKeyAsksBeyondItsPage,
  serviceKeySpeaksForPeople,
  signatureOfAnotherRequest,
  specialWordForAUser,
  streamDeleted,
  streamGoneBeforeItsAnchor,
  syslogLineWithoutEnd,
  tailCutBetweenAnchors,
  tokenOfTheOtherSide,
  tooManyHunts,
  tooManyRequests,
  tooManySockets,
  undoThatTakesAway,
  unsignedRequest,
  valueExchangedUnderSignature,
  yamlBomb,
];
