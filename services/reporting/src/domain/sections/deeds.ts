import type { ActionState } from '#contracts';
import { effectHolds, isContaining, MINUTE_MS, unansweredBy } from '#libs/terms';
import { stateAt } from '../journals/action-at.js';
import type { ActionJournal, CaseJournal } from '../journals/index.js';
import type { StoryContent } from '../report/story.js';
import { groupedBy } from '../grouped-by.js';

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

const saysOf = (
  one: RecordedDeed,
  before: RecordedDeed | undefined,
  journal: ActionJournal | undefined,
): StoryContent | undefined => {
  const { actionClass, target, occurredAt: at } = one;
  const what = { actionClass, target: target?.id ?? '', at };
  if (isUndoFailed(one, before)) return { code: 'UNDO_FAILED', ...what };
  const state = one.state as ActionState;
  if (state === 'REVERTED' && journal?.superseded)
    return { code: 'GIVEN_BACK_BY_ANOTHER', ...what, at: journal.superseded.observedAt };
  if (state === 'EXPIRED' && unansweredBy(journal?.expiredTold) === 'NOBODY_TOLD')
    return { code: 'NOBODY_ASKED', ...what };
  return TOLD.includes(state) ? { code: 'ACTION', ...what, state } : undefined;
};

/** Records of each action of a case until an instant, in the order they began. */
const stepsByAction = ({ actions }: CaseJournal, to: number): RecordedDeed[][] =>
  groupedBy(
    actions.filter(({ at }) => at < to),
    ({ actionId }) => actionId,
  );

/**
 * What became of each action of a case until an instant, in the order they began.
 * @param journals of the case's actions, which know by what one was ended.
 */
export const deedsOf = (
  doc: CaseJournal,
  to: number,
  journals: readonly ActionJournal[] = [],
): { says: StoryContent; fact: string | undefined }[] =>
  stepsByAction(doc, to).flatMap((all) => {
    // What looks for its effect saw since it came to stand as it does is told beside, not instead.
    const since = all.findLastIndex(({ state }) => state !== all.at(-1)!.state) + 1;
    const one = all[since]!;
    const journal = journals.find(({ actionId }) => actionId === one.actionId);
    const says = saysOf(one, all[since - 1], journal);
    return says ? [{ says, fact: one.fact }] : [];
  });

/** When containment ends by itself that begins with the vendor's word; null where that is not known to lie ahead. */
const endOf = (journal: ActionJournal | undefined, to: number): number | null => {
  if (!journal || journal.ttlMinutes === 0) return null;
  const began = Math.min(...[...journal.finished, ...journal.verified].map(({ at }) => at));
  const end = began + journal.ttlMinutes * MINUTE_MS;
  return Number.isFinite(end) && end > to ? end : null;
};

/**
 * What still cuts off or suspends something at an instant, until when, and the fact that said so: by the case's
 * records, unless the action's own journal says otherwise.
 */
export const holdingOf = (
  doc: CaseJournal,
  to: number,
  journals: readonly ActionJournal[],
): { says: StoryContent; fact: string | undefined }[] =>
  stepsByAction(doc, to).flatMap((all) => {
    const { actionId, actionClass, target, state, fact } = all.at(-1)!;
    const journal = journals.find((one) => one.actionId === actionId);
    const now = (journal && stateAt(journal, to)) ?? (state as ActionState);
    if (!isContaining(actionClass) || !effectHolds(state as ActionState) || !effectHolds(now)) return [];
    const until = endOf(journal, to);
    return [{ says: { code: 'HOLDS', actionClass, target: target?.id ?? '', until }, fact }];
  });
