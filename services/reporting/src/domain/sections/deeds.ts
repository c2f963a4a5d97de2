import type { ActionState } from '#contracts';
import type { CaseJournal } from '../journals/index.js';
import type { StoryContent } from '../report/story.js';

/** Where an action ended, as the story tells it; where the customer's word is awaited, `YOU_DO` does. */
const TOLD: ActionState[] = [
  'EXPIRED',
  'DENIED',
  'SUCCEEDED',
  'PARTIAL',
  'FAILED',
  'UNSUPPORTED',
  'OUTCOME_UNKNOWN',
  'VERIFIED',
  'VERIFY_FAILED',
  'REVERTED',
  'DONE_BY_CUSTOMER',
];

type RecordedDeed = CaseJournal['actions'][number];

/** A state after REVERTING that is not its end is the one of before: the undoing failed. */
const isUndoFailed = (one: RecordedDeed, before: RecordedDeed | undefined): boolean =>
  before?.state === 'REVERTING' && !['REVERTING', 'REVERTED'].includes(one.state);

const saysOf = (one: RecordedDeed, before: RecordedDeed | undefined): StoryContent | undefined => {
  const { actionClass, target, occurredAt: at } = one;
  const what = { actionClass, target: target?.id ?? '', at };
  if (isUndoFailed(one, before)) return { code: 'UNDO_FAILED', ...what };
  const state = one.state as ActionState;
  return TOLD.includes(state) ? { code: 'ACTION', ...what, state } : undefined;
};

/** What became of each action of a case until an instant, in the order they began. */
export const deedsOf = ({ actions }: CaseJournal, to: number): { says: StoryContent; fact: string | undefined }[] => {
  const steps = new Map<string, RecordedDeed[]>();
  for (const one of actions.filter(({ at }) => at < to))
    steps.set(one.actionId, [...(steps.get(one.actionId) ?? []), one]);
  return [...steps.values()].flatMap((all) => {
    // What looks for its effect saw since it came to stand as it does is told beside, not instead.
    const since = all.findLastIndex(({ state }) => state !== all.at(-1)!.state) + 1;
    const one = all[since]!;
    const says = saysOf(one, all[since - 1]);
    return says ? [{ says, fact: one.fact }] : [];
  });
};
