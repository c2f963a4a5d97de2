import type { ActionState, ActionTarget } from '#contracts';
import { isCaseContained, isContaining, standingAfter, type ActionStanding, type ContainmentOf } from '#libs/terms';
import { stepsOf } from './action-at.js';
import { caseAt, type CaseAt } from './case-at.js';
import type { ActionJournal, CaseJournal } from './index.js';

interface RecordedEffect {
  actionId: string;
  state: ActionState;
  target?: ActionTarget;
  occurredAt: number;
  at: number;
}

/** What the case itself has on record of its containing actions until an instant, in order. */
const recordedOf = ({ actions, contained: own, takenOver = [] }: CaseJournal, at: number): RecordedEffect[] => {
  const contained = [...own, ...takenOver];
  const containing = new Set([
    ...contained.map(({ actionId }) => actionId),
    ...actions.filter(({ actionClass }) => isContaining(actionClass)).map(({ actionId }) => actionId),
  ]);
  const records = actions.map(
    ({ actionId, state, target, occurredAt, at: known }): RecordedEffect => ({
      ...{ actionId, state: state as ActionState, occurredAt, at: known },
      ...(target ? { target } : {}),
    }),
  );
  const effects = contained.map((one): RecordedEffect => ({ ...one, state: 'VERIFIED' }));
  return [...records, ...effects]
    .filter((one) => one.at < at && containing.has(one.actionId))
    .sort((a, b) => a.at - b.at);
};

/** Where those stand that have no journal of their own. */
const unjournalled = (recorded: RecordedEffect[]): ContainmentOf[] => {
  const standings = new Map<string, ActionStanding & ContainmentOf>();
  for (const { actionId, state, target, occurredAt } of recorded) {
    const before = standings.get(actionId);
    const standing = standingAfter(before, state);
    const since = before && before.state === standing.state ? before.since : occurredAt;
    standings.set(actionId, { ...standing, since, target: target ?? before?.target ?? null });
  }
  return [...standings.values()];
};

/**
 * Whether effects contain the case still, all that was to be contained: the undoing of the last one leaves it open
 * again. An action's own journal says where it stands; of one that has none the case's records do.
 * @param actions of this case.
 * @param at epoch ms; what happens at that very instant has not happened yet.
 */
export const isContainedAt = (doc: CaseJournal, actions: readonly ActionJournal[], at: number): boolean => {
  const journalled = new Set(actions.map(({ actionId }) => actionId));
  const stand = actions
    .filter(({ actionClass }) => isContaining(actionClass))
    .flatMap((one): ContainmentOf[] => {
      const last = stepsOf(one).findLast((step) => step.at < at);
      return last ? [{ state: last.state, target: one.target, since: last.at }] : [];
    });
  const others = unjournalled(recordedOf(doc, at).filter(({ actionId }) => !journalled.has(actionId)));
  return isCaseContained([...stand, ...others], caseAt(doc, at).findings);
};

/**
 * When a case was contained, and the fact that said so: by the first effect that did, as the time to contain counts,
 * or else by the first that it took over.
 * @param isContained whether it still is; one that is over stays contained.
 */
export const containmentTold = (
  { contained, takenOver = [] }: CaseJournal,
  { isOpen, containedAt }: CaseAt,
  isContained: boolean,
): CaseJournal['contained'][number] | undefined =>
  isOpen && !isContained ? undefined : (contained.find(({ occurredAt }) => occurredAt === containedAt) ?? takenOver[0]);
