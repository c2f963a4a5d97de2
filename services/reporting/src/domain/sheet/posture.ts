import { cell, column, note, table, type SheetBlock } from './blocks.js';
import { postureItemBlocks } from './posture-items.js';
import { toneOfSeverity, type ReportFormatter } from './format.js';

const STATE_TONES = { OPEN: 'warn', DONE: 'good', RISK_ACCEPTED: 'bad', WITHDRAWN: 'mute' } as const;

/** What was advised, why, to whom, until when, and what became of it. */
const adviceBlock = ({ data, texts, dateTime }: ReportFormatter): SheetBlock => {
  const { labels } = texts;
  if (data.recommendations.length === 0) return note(texts.empty.recommendations);
  return table(
    [
      column(labels.case),
      column(labels.recommendation, 1),
      column(labels.priority),
      column(labels.due, 0.4),
      column(labels.state, 0.4),
    ],
    data.recommendations.map(({ caseNumber, text, cause, owner, dueAt, priority, at, state, endedAt, endedBy }) => {
      const late = state === 'OPEN' && dueAt !== null && dueAt < data.period.to;
      const due = [...(dueAt === null ? [] : [dateTime(dueAt)]), ...(owner ? [owner] : [])];
      const since = [texts.advice[state], dateTime(endedAt ?? at), ...(endedBy ? [endedBy] : [])];
      return [
        cell(caseNumber || labels.nobody),
        cell(cause ? `${text} (${labels.rootCause}${texts.colon}${cause})` : text),
        cell(priority ? texts.severities[priority] : labels.nobody),
        cell(due.length ? due.join(' · ') : labels.nobody, late ? 'bad' : 'plain', late),
        cell(since.join(' · '), STATE_TONES[state], state === 'OPEN'),
      ];
    }),
  );
};

export const postureBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, list, techniqueName } = formatter;
  const { labels } = texts;
  const posture =
    data.posture.length === 0
      ? data.postureItems
        ? []
        : [note(texts.empty.posture)]
      : [
          table(
            [column(labels.severity), column(labels.posture, 2.4), column(labels.recommendation, 2)],
            data.posture.map(({ kind, severity, subjects, count }) => [
              cell(texts.severities[severity], toneOfSeverity(severity), true),
              cell(
                texts.posture[kind](
                  count,
                  `${list(kind === 'TECHNIQUES_UNCOVERED' ? subjects.map(techniqueName) : subjects)}${count > subjects.length ? '…' : ''}`,
                ),
              ),
              cell(texts.postureAdvice[kind]),
            ]),
          ),
        ];
  return [...postureItemBlocks(formatter), ...posture, adviceBlock(formatter), ...formatter.omitted('recommendations')];
};
