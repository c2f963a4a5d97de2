import type { ActionFact, ActionPropose, WantedAction } from '#contracts';
import { idOf } from '#libs/model';
import { hasEndedUnheld } from '#libs/terms';
import { expired } from './approval.js';
import type { ActionDecision } from './context.js';
import { MAX_AGAIN, NO_LASTS_MS } from './limits.js';
import { evolve, joinedAt, type ActionLife } from './state.js';

/** Id of the action as which one that ended is proposed once more: one for each, whatever wants it. */
export const nextOf = (actionId: string): string => idOf('action', 'again', actionId);

const wantedAgain = (
  life: ActionLife,
  wanted: WantedAction,
  at: number,
  notBefore: number | null = null,
): ActionFact[] => {
  const { actionId, caseId, state, again } = life;
  const refused = life.refused || wanted.refused === true;
  if (state === 'NONE' || again + 1 > MAX_AGAIN) return [];
  const next = { nextActionId: nextOf(actionId), again: again + 1 };
  return [{ type: 'action.wanted-again', actionId, caseId, state, ...next, wanted, at, refused, notBefore }];
};

/** A no is not asked about again at once. */
const quietUntil = ({ state, endedAt }: ActionLife, now: number): number | null =>
  state === 'DENIED' && now < endedAt + NO_LASTS_MS ? endedAt + NO_LASTS_MS : null;

/** Nothing that waited for its end is to be wanted of one that goes on. */
export const onceOver = (life: ActionLife, ended: ActionFact, now: number): ActionFact[] => {
  const over = evolve(life, ended);
  const { waiting, state, endedAt } = over;
  const isWanted = waiting !== null && state !== 'NONE' && hasEndedUnheld(state) && joinedAt(waiting, now) > endedAt;
  return isWanted ? [ended, ...wantedAgain(over, waiting, now)] : [ended];
};

/** Its time to be answered is over, which its timer is yet to say. */
const endingOf = (life: ActionLife, now: number): ActionFact[] =>
  life.state === 'AWAITING_APPROVAL' && now >= life.expiresAt ? [expired(life, now)] : [];

/** An undoing of it was begun, and is not seen yet, or is to be tried again. */
const isBeingUndone = ({ undos, state }: ActionLife): boolean =>
  undos > 0 && state !== 'NONE' && !hasEndedUnheld(state);

/**
 * What ended without holding is wanted once more, as an action of its own, by what its case came to know of after
 * that; what it knew by then is bound by how it ended, and after a no that waits for a while: nobody is worn down by
 * being asked. What it comes to know of while it is being given back is kept until that is over. Each hands on to the
 * next, so that none that lives, or holds, is doubled: the stream of the last one decides.
 */
export const wantAgain: ActionDecision<ActionPropose> = (request, life, { actor, now }) => {
  const { caseId, actionClass, target, wantedFor, undoneSince } = life;
  const { type: _type, actionId: _actionId, assetGroups: _groups, again: _again, ...wanted } = request;
  const isSame =
    wanted.caseId === caseId && wanted.actionClass === actionClass && wanted.target.entity === target.entity;
  const since = joinedAt(wanted, now);
  if (actor.side !== 'SYSTEM' || !isSame || since <= wantedFor) return [];
  if (isBeingUndone(life)) return since > undoneSince ? wantedAgain(life, wanted, now) : [];
  const ending = endingOf(life, now);
  const over = ending.reduce(evolve, life);
  if (over.state === 'NONE' || !hasEndedUnheld(over.state)) return [];
  if (since <= over.endedAt) return [];
  const again = wantedAgain(over, wanted, now, quietUntil(over, now));
  return again.length > 0 ? [...ending, ...again] : [];
};
