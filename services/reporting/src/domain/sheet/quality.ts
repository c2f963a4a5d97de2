import { cell, column, note, table, type SheetBlock } from './blocks.js';
import type { ReportFormatter } from './format.js';

const exceptionBlock = ({ data: { exceptions = [] }, texts, dateTime, ruleName }: ReportFormatter): SheetBlock => {
  const { labels } = texts;
  if (exceptions.length === 0) return note(texts.empty.tuning);
  return table(
    [column(labels.suppressions, 2), column(labels.reasons, 2.4), column(labels.period, 1.4)],
    exceptions.map(({ title, technique, owner, reason, since, until }) => [
      cell(ruleName(title, technique)),
      cell(`${reason} (${owner})`),
      cell(`${dateTime(since)} – ${dateTime(until)}`),
    ]),
  );
};

export const qualityBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, number, list, omitted, ruleName } = formatter;
  const { labels } = texts;
  const rules =
    data.quality.length === 0
      ? note(texts.empty.quality)
      : table(
          [
            column(labels.rule, 3),
            column(labels.findings, 0, true),
            column(labels.matches, 0, true),
            column(labels.falsePositives, 0, true),
            column(labels.reasons, 1),
          ],
          data.quality.map(({ title, technique, findings, matches, falsePositives, reasons }) => [
            cell(ruleName(title, technique)),
            cell(number(findings)),
            cell(number(matches)),
            cell(number(falsePositives), falsePositives ? 'warn' : 'plain', falsePositives > 0),
            cell(list(reasons.map((reason) => texts.verdictReasons[reason]))),
          ]),
        );
  return [rules, ...omitted('quality'), exceptionBlock(formatter)];
};
