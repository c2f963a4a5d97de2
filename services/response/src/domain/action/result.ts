import type { ActionFinished, ActionNotVerified, ActionRecordResult, ActionRecordVerification } from '#contracts';
import { onlySide, type ActionDecision } from './context.js';
import { ASK_FOR_MS, pauseAt } from './limits.js';
import type { ActionLife } from './state.js';

/** What came of it: by default nothing that the vendor knows under a reference, nor that was so before. */
export const finished = (
  { actionId, caseId, actionClass, target, vendor, vendorId }: ActionLife,
  told: Pick<ActionFinished, 'outcome' | 'detail'> & Partial<Pick<ActionFinished, 'vendorRef' | 'alreadyInForce'>>,
  at: number,
): ActionFinished => ({
  type: 'action.finished',
  actionId,
  caseId,
  actionClass,
  target,
  vendorRef: '',
  vendor,
  vendorId,
  alreadyInForce: false,
  ...told,
  at,
});

/** Too soon after the last: another asking is under way and keeps going. Too long after the first: people must look. */
const isAskedEnough = ({ unknowns, unknownSince, unknownAt }: ActionLife, now: number): boolean =>
  unknowns > 0 && (now < unknownAt + pauseAt(unknowns - 1) / 2 || now > unknownSince + ASK_FOR_MS);

export const recordResult: ActionDecision<ActionRecordResult> = (
  { outcome, detail, vendorRef, alreadyInForce },
  life,
  context,
) => {
  onlySide('SYSTEM', context, 'only the system side may record results');
  if (life.state !== 'EXECUTING' && life.state !== 'OUTCOME_UNKNOWN') return [];
  if (outcome === 'OUTCOME_UNKNOWN' && isAskedEnough(life, context.now)) return [];
  return [finished(life, { outcome, detail, vendorRef, alreadyInForce }, context.now)];
};

/** What a look for an effect saw that proves nothing yet. */
type Undecided = Pick<ActionRecordVerification, 'reason' | 'observedAt' | 'lagMs' | 'look'> & {
  evidence: string;
  since: number;
  inverting: boolean;
};

/** It is said, and what the vendor said stands. An answer to another look than the present one says nothing. */
export const notVerified = (life: ActionLife, seen: Undecided, at: number): ActionNotVerified[] => {
  const { actionId, caseId, actionClass, target, outcome, vendor, vendorId } = life;
  const { look, ...rest } = seen;
  const looks = seen.inverting ? life.undoLooks : life.looks;
  if (look !== looks) return [];
  const again = life.unverified === seen.reason;
  const ids = { actionId, caseId, actionClass, target, outcome, vendor, vendorId };
  return [{ type: 'action.not-verified', ...ids, ...rest, look: looks + 1, again, at }];
};

export const recordVerification: ActionDecision<ActionRecordVerification> = (request, life, context) => {
  onlySide('SYSTEM', context, 'only the system side may record verifications');
  if (!['SUCCEEDED', 'PARTIAL', 'VERIFY_FAILED'].includes(life.state)) return [];
  const { actionId, caseId, actionClass, target, vendor, vendorId } = life;
  const { effective, evidence, observedAt, lagMs, reason, look } = request;
  const at = context.now;
  if (request.conclusive)
    return [
      {
        type: 'action.verified',
        actionId,
        caseId,
        actionClass,
        target,
        effective,
        evidence,
        observedAt,
        lagMs,
        vendor,
        vendorId,
        at,
      },
    ];
  if (life.state === 'VERIFY_FAILED') return [];
  const seen = { reason, evidence, observedAt, lagMs, look, since: life.finishedAt, inverting: false };
  return notVerified(life, seen, at);
};
