import type {
  ActionReverted,
  ActionSupersede,
  ActionVerified,
  TargetEffectEnded,
  TargetRecordEffect,
} from '#contracts';
import type { Reaction } from '#libs/model';
import { actionClassOf } from '#libs/policy';

/**
 * What an action took, or gave back, and was seen to, is kept of its target. Facts of releases that did not keep whom
 * the vendor meant say nothing of any.
 */
export const recordEffect: Reaction<ActionVerified | ActionReverted, TargetRecordEffect> = {
  name: 'record-effect',
  hears: ['action.verified', 'action.reverted'],
  react: ({ message }) => {
    const { actionId, caseId, vendor, vendorId, observedAt, at } = message;
    const inverting = message.type === 'action.reverted';
    const { actionClass, takesAway = false, inverse } = actionClassOf(message.actionClass ?? '') ?? {};
    // What was looked for and not found is no effect; what gives back has no undoing.
    const isSeen = inverting ? takesAway : message.effective;
    if (!actionClass || !inverse || !vendor || !vendorId || !isSeen) return [];
    return [
      {
        request: {
          type: 'target.record-effect',
          vendor,
          vendorId,
          actionId,
          caseId,
          takes: takesAway ? actionClass : inverse,
          isTaken: takesAway && !inverting,
          inverting,
          evidence: inverting ? message.reason : message.evidence,
          observedAt: observedAt || at,
        },
      },
    ];
  },
};

/** Whose effect another action gave back is told so: it contains nothing any more, and no timer lifts it. */
export const supersedeEnded: Reaction<TargetEffectEnded, ActionSupersede> = {
  name: 'supersede-ended',
  hears: ['target.effect-ended'],
  react: ({ message: { actionId, byActionId, byCaseId, inverting, evidence, observedAt } }) => [
    { request: { type: 'action.supersede', actionId, byActionId, byCaseId, inverting, evidence, observedAt } },
  ],
};
