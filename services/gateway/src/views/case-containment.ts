import type { ActionState, ActionTarget, FindingSummary } from '#contracts';
import { effectHolds, isCaseContained, isContaining, standingAfter, type ActionStanding } from '#libs/terms';

/** An action that contains what it was done to, or was to, and where it stands. */
export interface ContainingEffect extends ActionStanding {
  actionId: string;
  /** When it was verified, else when it was first recorded. */
  since: number;
  /** Absent in documents of before. */
  target?: ActionTarget;
}

interface CaseContainment {
  containedAt: number | null;
  effects?: ContainingEffect[];
  findings: FindingSummary[];
}

/** What a case has on record of a containing action. */
interface ContainmentRecord {
  actionId: string;
  state: ActionState;
  occurredAt: number;
  target?: ActionTarget;
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
  const { actionId, state, occurredAt, target = before?.target } = recorded;
  const standing = standingAfter(before, state);
  const isAnew = !before || (effectHolds(standing.state) && !effectHolds(before.beforeUndo));
  return { actionId, ...standing, since: isAnew ? occurredAt : before.since, ...(target ? { target } : {}) };
};

/** Since when effects contain the case: no sooner than it was contained, or all that was to be came to be. */
const containedSince = ({ containedAt, findings }: CaseContainment, effects: ContainingEffect[]): number | null => {
  if (!isCaseContained(effects, findings)) return null;
  const since = effects.filter(({ state }) => effectHolds(state)).map((one) => one.since);
  return containedAt === null ? Math.max(...since) : Math.max(containedAt, Math.min(...since));
};

/** What contains a case once its findings are others. */
export const containmentWith = (doc: CaseContainment): Partial<CaseContainment> => ({
  containedAt: containedSince(doc, effectsOf(doc)),
});

/** What contains a case, and since when, once it has recorded where a containing action stands. */
export const containmentAfter = (doc: CaseContainment, recorded: ContainmentRecord): Partial<CaseContainment> => {
  const known = effectsOf(doc);
  const before = known.find(({ actionId }) => actionId === recorded.actionId);
  const isUndoing = recorded.state === 'REVERTING' || recorded.state === 'REVERTED';
  const others = known.filter(
    ({ actionId }) => actionId !== recorded.actionId && (before || !isUndoing || actionId !== UNNAMED),
  );
  const effects = [...others, effectAfter(before, recorded)].slice(-EFFECTS);
  return { containedAt: containedSince(doc, effects), effects };
};

/** The same with what stands in a case that went into it. */
export const containmentAfterAll = (
  doc: CaseContainment,
  recorded: readonly (ContainmentRecord & { actionClass: string })[],
): Partial<CaseContainment> =>
  recorded
    .filter(({ actionClass }) => isContaining(actionClass))
    .reduce<Partial<CaseContainment>>((now, one) => containmentAfter({ ...doc, ...now }, one), {});
