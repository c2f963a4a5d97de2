import type { ActionState } from '#contracts';
import { effectHolds, standingAfter, type ActionStanding } from '#libs/terms';

/** An effect that contained a case, and where the action behind it stands. */
export interface ContainingEffect extends ActionStanding {
  actionId: string;
  /** When it was verified. */
  since: number;
}

interface CaseContainment {
  containedAt: number | null;
  effects?: ContainingEffect[];
}

/** What a case has on record of a containing action. */
interface ContainmentRecord {
  actionId: string;
  state: ActionState;
  occurredAt: number;
}

/** Far more than the hosts and users of a case. */
const EFFECTS = 500;

/** An older document does not say which action contained it. */
const UNNAMED = '';

const effectsOf = ({ containedAt, effects }: CaseContainment): ContainingEffect[] => {
  if (effects) return effects;
  if (containedAt === null) return [];
  return [{ actionId: UNNAMED, state: 'VERIFIED', beforeUndo: 'VERIFIED', since: containedAt }];
};

const effectAfter = (before: ContainingEffect | undefined, recorded: ContainmentRecord): ContainingEffect => {
  const { actionId, state, occurredAt } = recorded;
  const standing = standingAfter(before, state);
  const isAnew = !before || (effectHolds(standing.state) && !effectHolds(before.beforeUndo));
  return { actionId, ...standing, since: isAnew ? occurredAt : before.since };
};

/** What contains a case, and since when, once it has recorded where a containing action stands. */
export const containmentAfter = (doc: CaseContainment, recorded: ContainmentRecord): Partial<CaseContainment> => {
  const known = effectsOf(doc);
  const before = known.find(({ actionId }) => actionId === recorded.actionId);
  const isUndoing = recorded.state === 'REVERTING' || recorded.state === 'REVERTED';
  // An action that contained nothing yet is not listed until it does.
  if (!before && !isUndoing && !effectHolds(recorded.state)) return {};
  const others = known.filter(
    ({ actionId }) => actionId !== recorded.actionId && (before || !isUndoing || actionId !== UNNAMED),
  );
  const effects = [...others, effectAfter(before, recorded)].slice(-EFFECTS);
  const since = effects.filter(({ state }) => effectHolds(state)).map((one) => one.since);
  return { containedAt: since.length ? Math.min(...since) : null, effects };
};
