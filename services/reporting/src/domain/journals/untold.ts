import type { Period } from '../report/period.js';
import type { CaseJournal } from './index.js';

/**
 * From when on (epoch ms) a case waits for a yes of somebody who was told of the question, or does no more: that it was
 * answered, or its time was over, is heard of later.
 */
const untoldSteps = ({ actions }: CaseJournal): { at: number; isUntold: boolean }[] => {
  const standing = new Map<string, { waits: boolean; told: boolean }>();
  let heardUntil = 0;
  return actions.map(({ actionId, state, told, occurredAt }) => {
    heardUntil = Math.max(heardUntil, occurredAt);
    const isTold = told ?? standing.get(actionId)?.told ?? true;
    standing.set(actionId, { waits: state === 'AWAITING_APPROVAL', told: isTold });
    return { at: heardUntil, isUntold: ![...standing.values()].some((one) => one.waits && one.told) };
  });
};

/** Milliseconds of [from, to), a time on hold for a yes, in which nobody was told of a question and had not answered. */
export const untoldMs = (doc: CaseJournal, { from, to }: Period): number => {
  const steps = untoldSteps(doc);
  return steps.reduce((sum, { at, isUntold }, index) => {
    const length = Math.min(steps[index + 1]?.at ?? to, to) - Math.max(at, from);
    return isUntold && length > 0 ? sum + length : sum;
  }, 0);
};
