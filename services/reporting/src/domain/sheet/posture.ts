import { cell, column, note, table, type SheetBlock } from './blocks.js';
import { postureItemBlocks } from './posture-items.js';
import { toneOfSeverity, type ReportFormatter } from './format.js';

export const postureBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, list, dateTime, omitted, techniqueName } = formatter;
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
  const advice =
    data.recommendations.length === 0
      ? note(texts.empty.recommendations)
      : table(
          [column(labels.case), column(labels.recommendation, 1), column(labels.given), column(labels.state)],
          data.recommendations.map(({ caseNumber, text, at, completedAt }) => [
            cell(caseNumber),
            cell(text),
            cell(dateTime(at)),
            completedAt === null
              ? cell(labels.open, 'warn', true)
              : cell(`${labels.done} · ${dateTime(completedAt)}`, 'good'),
          ]),
        );
  return [...postureItemBlocks(formatter), ...posture, advice, ...omitted('recommendations')];
};
