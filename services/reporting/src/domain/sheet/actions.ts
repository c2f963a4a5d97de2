import type { ActionState } from '#contracts';
import type { ReportedAction } from '../report/data.js';
import { cell, column, note, table, type SheetBlock, type SheetCell, type SheetTone } from './blocks.js';
import type { ReportFormatter } from './format.js';

const tones: Record<ActionState, SheetTone> = {
  PROPOSED: 'plain',
  RESOLVING: 'plain',
  AWAITING_APPROVAL: 'warn',
  APPROVED: 'plain',
  DENIED: 'mute',
  EXPIRED: 'bad',
  GUIDED: 'warn',
  SKIPPED: 'mute',
  EXECUTING: 'plain',
  SUCCEEDED: 'plain',
  PARTIAL: 'warn',
  FAILED: 'bad',
  UNSUPPORTED: 'bad',
  OUTCOME_UNKNOWN: 'bad',
  VERIFIED: 'good',
  VERIFY_FAILED: 'bad',
  REVERTING: 'plain',
  REVERTED: 'mute',
  DONE_BY_CUSTOMER: 'plain',
};

const approvedBy = ({ approvedBy: by, decision }: ReportedAction, { texts: { labels } }: ReportFormatter): string => {
  if (by) return by.side === 'SYSTEM' ? labels.byPolicy : by.subject;
  return decision === 'EXECUTE' ? labels.byPolicy : labels.nobody;
};

const rowOf = (one: ReportedAction, formatter: ReportFormatter): SheetCell[] => {
  const { texts, dateTime, actionName } = formatter;
  const when = (at: number | null): SheetCell => (at === null ? cell(texts.labels.nobody, 'mute') : cell(dateTime(at)));
  // What the customer says it did is told as its word, with when: nobody saw the effect.
  const said = one.state === 'DONE_BY_CUSTOMER' ? one.doneByCustomerAt : null;
  return [
    cell(one.caseNumber),
    cell(actionName(one.actionClass), 'plain', true),
    cell(one.target?.id ?? ''),
    cell([texts.actionStates[one.state], ...(said === null ? [] : [dateTime(said)])].join(' · '), tones[one.state]),
    cell(approvedBy(one, formatter)),
    when(one.verifiedAt),
    when(one.revertedAt),
  ];
};

export const actionBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, dateTime, actionName } = formatter;
  const { labels } = texts;
  if (data.actions.length === 0) return [note(texts.empty.actions)];
  const stopped = data.actions.flatMap(({ hasStopped, verifiedAt, actionClass, target, caseNumber }) =>
    hasStopped && verifiedAt !== null
      ? [texts.sentences.stopped(actionName(actionClass), target?.id ?? '', dateTime(verifiedAt), caseNumber)]
      : [],
  );
  const open = data.actions.flatMap(({ unverified, actionClass, target, caseNumber }) =>
    unverified
      ? [
          texts.sentences.notVerified(
            actionName(actionClass),
            target?.id ?? '',
            texts.unverified[unverified],
            caseNumber,
          ),
        ]
      : [],
  );
  return [
    table(
      [
        column(labels.case),
        column(labels.action, 1.3),
        column(labels.target, 1.1),
        column(labels.state, 1.2),
        column(labels.approvedBy, 1),
        column(labels.verified),
        column(labels.reverted),
      ],
      data.actions.map((one) => rowOf(one, formatter)),
    ),
    ...formatter.omitted('actions'),
    ...(open.length
      ? [
          { kind: 'title' as const, text: labels.notVerified },
          { kind: 'list' as const, items: open },
        ]
      : []),
    ...(stopped.length
      ? [
          { kind: 'title' as const, text: labels.stopped },
          { kind: 'list' as const, items: stopped },
        ]
      : []),
  ];
};
