import type { Figure } from '../report/data.js';
import { cell, column, note, table, type SheetBlock, type SheetCell } from './blocks.js';
import { spreadOfFigure, type ReportFormatter } from './format.js';

const appendixRow = (figure: Figure, { texts, value, number }: ReportFormatter): SheetCell[] => {
  const spread = spreadOfFigure(figure);
  const amount = typeof figure.value === 'number' ? value(figure.value, figure.unit) : texts.labels.noData;
  const shown = spread
    ? `${value(spread.median, figure.unit)} · p90 ${value(spread.p90, figure.unit)} · n\u00a0=\u00a0${number(spread.n)}`
    : amount;
  return [
    cell(texts.figures[figure.id], 'plain', true),
    cell(shown, figure.value === null ? 'mute' : 'plain'),
    cell(figure.formula),
    cell(`${figure.query.facts.join(', ')} → ${figure.query.fields.join(', ')}`, 'mute'),
  ];
};

/** Every figure with its formula and the facts it is made from. */
export const appendixBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const {
    data,
    texts: { labels, sentences, figures },
  } = formatter;
  const order = Object.keys(figures);
  const rows = [...data.figures].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return [
    note(`${sentences.percentile} ${sentences.verify}`),
    table(
      [column(labels.figure, 1.2), column(labels.value, 1.1), column(labels.formula, 2.6), column(labels.query, 2.6)],
      rows.map((figure) => appendixRow(figure, formatter)),
      true,
    ),
  ];
};
