import type { ActionRevertFailed, ActionVerified, ActionRevert } from '#contracts';
import type { Reaction } from '#libs/model';
import { MINUTE_MS } from '#libs/terms';
import { actionClassOf } from '../domain/action/classes.js';
import { pauseAfter } from '../domain/action/limits.js';

/**
 * Containment is for a time: it ends by itself unless people end it before. Also where no effect was seen: it may be in
 * force all the same. What was in force already is left alone (the decider knows).
 */
export const endWithTime: Reaction<ActionVerified, ActionRevert> = {
  name: 'end-with-time',
  hears: ['action.verified'],
  react: ({ message: { actionId, actionClass, at } }) => {
    const { takesAway = false, defaultTtlMinutes: minutes = 0 } = actionClassOf(actionClass) ?? {};
    if (!takesAway || minutes === 0) return [];
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
