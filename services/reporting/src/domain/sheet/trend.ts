import type { TrendPoint } from '../report/data.js';
import { cell, column, table, type SheetBlock, type SheetCell } from './blocks.js';
import type { ReportFormatter } from './format.js';

/** Whether it gets better: the same figures over the last periods, the latest last. */
export const trendBlocks = ({ data, texts, number, duration, share, shortRange }: ReportFormatter): SheetBlock[] => {
  const { trend } = data;
  if (trend.length === 0) return [];
  const row = (
    name: string,
    of: (point: TrendPoint) => number | null,
    shown: (value: number) => string,
  ): SheetCell[][] => {
    const values = trend.map(of);
    if (values.every((value) => value === null)) return [];
    const last = values.length - 1;
    return [
      [
        cell(name),
        ...values.map((value, index) =>
          value === null ? cell('—', 'mute') : cell(shown(value), 'plain', index === last),
        ),
      ],
    ];
  };
  return [
    { kind: 'title', text: texts.labels.trend },
    table(
      [column('', 1.6), ...trend.map(({ from, to }) => column(shortRange(from, to), 1, true))],
      [
        ...row(texts.figures.cases, ({ cases }) => cases, number),
        ...row(texts.figures['time-to-notify'], ({ notifyMs }) => notifyMs, duration),
        ...row(texts.figures['time-to-contain'], ({ containMs }) => containMs, duration),
        ...row(texts.labels.levelsAttained, ({ attained }) => attained, share),
      ],
    ),
  ];
};
