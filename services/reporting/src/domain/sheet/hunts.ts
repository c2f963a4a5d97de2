import { cell, column, note, table, type SheetBlock } from './blocks.js';
import type { ReportFormatter } from './format.js';

export const huntBlocks = ({
  data,
  texts,
  techniqueName,
  number,
  dateTime,
  omitted,
}: ReportFormatter): SheetBlock[] => {
  const { labels } = texts;
  if (data.hunts.length === 0) return [note(texts.empty.hunts)];
  return [
    table(
      [
        column(labels.hypothesis, 3),
        column(labels.technique, 2),
        column(labels.scope, 2.4),
        column(labels.events, 0, true),
        column(labels.outcome, 0, true),
      ],
      data.hunts.map(({ hypothesis, technique, scope, scanned, rows, failure }) => [
        cell(hypothesis),
        cell(techniqueName(technique)),
        cell(
          scope
            ? `${scope.source || labels.allSources}, ${dateTime(scope.from)} – ${dateTime(scope.to)}`
            : labels.allSources,
        ),
        cell(number(scanned)),
        failure
          ? cell(failure, 'bad')
          : rows
            ? cell(`${labels.rows}${texts.colon}${number(rows)}`, 'warn', true)
            : cell(labels.nothingFound, 'good'),
      ]),
    ),
    ...omitted('hunts'),
  ];
};
