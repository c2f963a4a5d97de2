import type { ActionState } from '#contracts';
import { contains, effectHolds, isContaining, standingAfter, type ActionStanding } from '#libs/terms';
import { stateAt } from './action-at.js';
import type { ActionJournal, CaseJournal } from './index.js';

interface RecordedEffect {
  actionId: string;
  state: ActionState;
  at: number;
}

/** What the case itself has on record of its containing actions until an instant, in order. */
const recordedOf = ({ actions, contained }: CaseJournal, at: number): RecordedEffect[] => {
  const containing = new Set([
    ...contained.map(({ actionId }) => actionId),
    ...actions.filter(({ actionClass }) => isContaining(actionClass)).map(({ actionId }) => actionId),
  ]);
  const records = actions.map((one) => ({ actionId: one.actionId, state: one.state as ActionState, at: one.at }));
  const effects = contained.map((one) => ({ actionId: one.actionId, state: 'VERIFIED' as const, at: one.at }));
  return [...records, ...effects]
    .filter((one) => one.at < at && containing.has(one.actionId))
    .sort((a, b) => a.at - b.at);
};

/**
 * Whether an effect contains the case still: the undoing of the last one leaves it open again. An action's own journal
 * says where it stands; of one that has none the case's records do.
 * @param actions of this case.
 * @param at epoch ms; what happens at that very instant has not happened yet.
 */
export const isContainedAt = (doc: CaseJournal, actions: readonly ActionJournal[], at: number): boolean => {
  const holds = (one: ActionJournal): boolean => {
    const state = stateAt(one, at);
    return state !== null && contains({ actionClass: one.actionClass, state });
  };
  const journalled = new Set(actions.map(({ actionId }) => actionId));
  const standings = new Map<string, ActionStanding>();
  for (const { actionId, state } of recordedOf(doc, at))
    if (!journalled.has(actionId)) standings.set(actionId, standingAfter(standings.get(actionId), state));
  return actions.some(holds) || [...standings.values()].some(({ state }) => effectHolds(state));
};
