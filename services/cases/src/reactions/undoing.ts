import type {
  ActionNotVerified,
  ActionReverted,
  ActionRevertFailed,
  ActionSuperseded,
  PostureObserve,
} from '#contracts';
import { idOf, type Reaction } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { postureIdOf } from './posture.js';

const CHECK = 'NOT_UNDONE';
/** So long may it take until what was given back is seen to be. */
const UNSEEN_MS = DAY_MS;

/** What was taken, from whom, and how bad that is; undefined where it may still come right by itself. */
const lastingOf = (
  fact: ActionRevertFailed | ActionNotVerified,
): Pick<PostureObserve, 'subject' | 'title' | 'severity' | 'since'> | undefined => {
  const { actionClass, at } = fact;
  if (fact.type === 'action.revert-failed')
    return fact.isLast
      ? {
          subject: fact.targetId,
          title: `${actionClass} of ${fact.targetId} could not be undone, and is not tried again by itself`,
          severity: 'HIGH',
          since: at,
        }
      : undefined;
  const { target, inverting, since } = fact;
  if (!inverting || at - since < UNSEEN_MS) return undefined;
  return { subject: target.id, title: `${actionClass} of ${target.id} is not seen undone`, severity: 'MEDIUM', since };
};

/** That something taken from the customer is not given back is a posture item, until that is seen, whoever did it. */
export const followUndoing: Reaction<
  ActionRevertFailed | ActionNotVerified | ActionReverted | ActionSuperseded,
  PostureObserve
> = {
  name: 'follow-undoing',
  hears: ['action.revert-failed', 'action.not-verified', 'action.reverted', 'action.superseded'],
  react: ({ envelope: { tenant }, message }) => {
    const { actionId, at } = message;
    const ids = {
      type: 'posture.observe' as const,
      postureId: postureIdOf(tenant, CHECK, actionId),
      check: CHECK,
      figures: [],
    };
    if (message.type === 'action.reverted' || message.type === 'action.superseded')
      return [
        { request: { ...ids, subject: '', title: '', severity: 'UNKNOWN', gapId: '', isPresent: false, since: at } },
      ];
    const lasting = lastingOf(message);
    if (!lasting) return [];
    return [{ request: { ...ids, ...lasting, gapId: idOf('gap', CHECK, tenant, actionId), isPresent: true } }];
  },
};
