import { defineService } from '#libs/service';
import { countClocks } from './effects/count-clocks.js';
import { caseStream } from './domain/case/decider.js';
import { clusteringStream } from './domain/clustering/decider.js';
import { postureStream } from './domain/posture/decider.js';
import { followContacts } from './reactions/contacts.js';
import { recommendationStream } from './domain/recommendation/decider.js';
import { advisePrevention, keepAdvice, remindWhenDue } from './reactions/advice.js';
import { keepAction } from './reactions/keep-action.js';
import {
  followMerge,
  handOver,
  followPlacement,
  followSplit,
  openNumbered,
  recallReopened,
  releaseClosed,
} from './reactions/clustering.js';
import { placeFinding } from './reactions/findings.js';
import { followGap } from './reactions/posture.js';
import { followSender } from './reactions/senders.js';
import { sendReminder, stopReminding } from './reactions/remind.js';
import { followUndoing } from './reactions/undoing.js';
import { keepFailure, keepTelling, stopAsking, stopTelling, tellApprover, tellCustomer } from './reactions/notify.js';

/** Findings that belong together become cases; a case lives from its opening to its verdict. */
export const cases = defineService({
  name: 'cases',
  decides: [clusteringStream, caseStream, postureStream, recommendationStream],
  reacts: [
    placeFinding,
    followPlacement,
    openNumbered,
    followMerge,
    handOver,
    followSplit,
    releaseClosed,
    recallReopened,
    keepAction,
    advisePrevention,
    keepAdvice,
    remindWhenDue,
    sendReminder,
    stopReminding,
    tellCustomer,
    tellApprover,
    stopAsking,
    stopTelling,
    keepTelling,
    keepFailure,
    followGap,
    followContacts,
    followSender,
    followUndoing,
  ],
  counts: countClocks,
  asks: [
    'case.add-findings',
    'case.mark-merged',
    'case.notify-customer',
    'case.open',
    'case.record-action',
    'case.record-advice',
    'case.record-untold',
    'case.remove-findings',
    'case.take-over',
    'clustering.place-finding',
    'clustering.recall-case',
    'clustering.release-case',
    'delivery.send',
    'delivery.stop',
    'posture.observe',
    'recommendation.give',
    'recommendation.remind',
  ],
});
