import type { ActionState } from '#contracts';
import type { ActionJournal, CaseJournal } from '../journals/index.js';
import type { ReportTimelineEntry, ReportTimelineKind } from '../report/data.js';
import { excerpt } from './context.js';

/** Activities and entries shown for one case. */
const MOST_ACTIVITIES = 5;
const MOST = 18;

const entry = (
  what: ReportTimelineKind,
  happenedAt: number,
  knownAt: number,
  more: Partial<ReportTimelineEntry> = {},
): ReportTimelineEntry => ({
  what,
  happenedAt,
  knownAt,
  detail: '',
  technique: null,
  actionClass: null,
  state: null,
  onHoldReason: null,
  ...more,
});

/** A finding that was split off is of another case's story. */
const activities = ({ findings }: CaseJournal, to: number): ReportTimelineEntry[] =>
  findings
    .filter(({ removedAt }) => removedAt === null || removedAt >= to)
    .sort((a, b) => a.occurredAt - b.occurredAt || (a.findingId < b.findingId ? -1 : 1))
    .map(({ title, techniques, occurredAt, detectedAt }) =>
      entry('ACTIVITY', occurredAt, detectedAt, { detail: excerpt(title, 120), technique: techniques[0] ?? null }),
    );

const steps = ({ statuses }: CaseJournal): ReportTimelineEntry[] =>
  statuses.flatMap(({ status, onHoldReason, at }, index) => {
    const before = statuses[index - 1]?.status;
    if (status === 'ON_HOLD') return [entry('ON_HOLD', at, at, { onHoldReason })];
    if (status === 'RESOLVED' && before !== 'RESOLVED') return [entry('RESOLVED', at, at)];
    if ((status === 'NEW' || status === 'IN_PROGRESS') && before === 'ON_HOLD') return [entry('CONTINUED', at, at)];
    return [];
  });

const words = ({ messages }: CaseJournal): ReportTimelineEntry[] =>
  messages.flatMap(({ kind, text, at }) =>
    kind === 'MESSAGE'
      ? []
      : [entry(kind === 'QUESTION' ? 'QUESTION' : 'ANSWER', at, at, { detail: excerpt(text, 140) })],
  );

/** Whether the story tells that an action came to a state. */
const isTold: Record<ActionState, boolean> = {
  PROPOSED: false,
  RESOLVING: false,
  AWAITING_APPROVAL: true,
  APPROVED: true,
  DENIED: true,
  EXPIRED: true,
  GUIDED: true,
  SKIPPED: false,
  EXECUTING: false,
  SUCCEEDED: false,
  PARTIAL: true,
  FAILED: true,
  UNSUPPORTED: true,
  OUTCOME_UNKNOWN: true,
  VERIFIED: true,
  VERIFY_FAILED: true,
  REVERTING: false,
  REVERTED: true,
  DONE_BY_CUSTOMER: true,
};

type TimelineAction = CaseJournal['actions'][number];

/** Whether people agreed to an action, or the policy alone let it happen, silence among that. */
const isAgreed = (
  { actionId }: TimelineAction,
  before: readonly TimelineAction[],
  journals: readonly ActionJournal[],
) => {
  const journal = journals.find((one) => one.actionId === actionId);
  if (journal) return journal.approved !== null && journal.approved.by.side !== 'SYSTEM';
  return before.some((one) => one.actionId === actionId && one.state === 'AWAITING_APPROVAL');
};

/** An undoing that failed leaves the state of before, which nobody saw or did again then. */
const acts = ({ actions }: CaseJournal, journals: readonly ActionJournal[]): ReportTimelineEntry[] => {
  const states = new Map<string, string>();
  return actions.flatMap((one, index) => {
    const { actionId, actionClass, state, occurredAt, at } = one;
    const before = states.get(actionId);
    const isUndoFailed = before === 'REVERTING' && !['REVERTING', 'REVERTED'].includes(state);
    states.set(actionId, state);
    // A look for its effect that proved nothing leaves it where it stands.
    if (state === before || (!isUndoFailed && !isTold[state as ActionState])) return [];
    const isPermitted = state === 'APPROVED' && !isAgreed(one, actions.slice(0, index), journals);
    const what = isUndoFailed ? 'UNDO_FAILED' : isPermitted ? 'PERMITTED' : 'ACTION';
    return [entry(what, occurredAt, at, { actionClass, state: state as ActionState })];
  });
};

/**
 * The story of a case until an instant, by when things happened; and how many entries were left out in the middle.
 * @param journals of the case's actions, which know who agreed.
 */
export const timelineOf = (
  doc: CaseJournal,
  to: number,
  journals: readonly ActionJournal[] = [],
): { timeline: ReportTimelineEntry[]; omitted: number } => {
  const seen = activities(doc, to).filter(({ knownAt }) => knownAt < to);
  const rest = [
    entry('OPENED', doc.openedAt, doc.openedAt),
    ...doc.acknowledgedAt.slice(0, 1).map((at) => entry('ACKNOWLEDGED', at, at)),
    ...doc.notifiedAt.slice(0, 1).map((at) => entry('NOTIFIED', at, at)),
    ...[...doc.contained, ...(doc.takenOver ?? [])].map(({ occurredAt, at }) => entry('CONTAINED', occurredAt, at)),
    ...doc.reopenedAt.map((at) => entry('REOPENED', at, at)),
    ...doc.closings.map(({ at, summary }) => entry('CLOSED', at, at, { detail: excerpt(summary, 140) })),
    ...steps(doc),
    ...words(doc),
    ...acts(doc, journals),
  ].filter(({ knownAt }) => knownAt < to);
  const all = [...seen.slice(0, MOST_ACTIVITIES), ...rest].sort(
    (a, b) => a.happenedAt - b.happenedAt || a.knownAt - b.knownAt,
  );
  const timeline = all.length > MOST ? [...all.slice(0, MOST - 6), ...all.slice(-6)] : all;
  return { timeline, omitted: seen.length + rest.length - timeline.length };
};
