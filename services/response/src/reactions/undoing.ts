import type { ActionFinished, ActionOutcome, ActionRevert, ActionRevertFailed, ActionVerified } from '#contracts';
import type { Reaction } from '#libs/model';
import { MINUTE_MS } from '#libs/terms';
import { actionClassOf } from '#libs/policy';
import { pauseAfter } from '../domain/action/limits.js';

/** May be in force, by the vendor's word or for want of one. */
const MAY_BE_IN_FORCE: readonly ActionOutcome[] = ['SUCCEEDED', 'PARTIAL', 'OUTCOME_UNKNOWN'];

/**
 * Containment is for a time: it ends by itself unless people end it before. Also where no effect was seen, or the
 * vendor's answer was lost: it may be in force all the same. What was in force already is left alone (the decider
 * knows).
 */
export const endWithTime: Reaction<ActionFinished | ActionVerified, ActionRevert> = {
  name: 'end-with-time',
  hears: ['action.finished', 'action.verified'],
  react: ({ message }) => {
    const { actionId, actionClass, at } = message;
    const { takesAway = false, defaultTtlMinutes: minutes = 0 } = actionClassOf(actionClass) ?? {};
    if (!takesAway || minutes === 0) return [];
    if (message.type === 'action.finished' && !MAY_BE_IN_FORCE.includes(message.outcome)) return [];
    return [
      {
        request: { type: 'action.revert', actionId, reason: `its time of ${minutes} minutes is over` },
        dueAt: at + minutes * MINUTE_MS,
      },
    ];
  },
};

/** An undoing that failed, or was not seen in time, is tried again. */
export const undoAgain: Reaction<ActionRevertFailed, ActionRevert> = {
  name: 'undo-again',
  hears: ['action.revert-failed'],
  react: ({ envelope, message: { actionId, detail, at } }) => [
    {
      request: { type: 'action.revert', actionId, reason: `again, as it was not undone: ${detail}` },
      dueAt: at + pauseAfter(envelope.sequence?.version),
    },
  ],
};
