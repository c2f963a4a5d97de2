import type { TrendPoint } from '../report/data.js';
import { cell, column, table, type SheetBlock, type SheetCell, type SheetTone } from './blocks.js';
import type { ReportFormatter } from './format.js';

/** How a figure of the latest period stands against the one before; null where either has no data. */
type TrendDirection = 'better' | 'worse' | 'alike' | null;

const TONES: Record<NonNullable<TrendDirection>, SheetTone> = { better: 'good', worse: 'bad', alike: 'plain' };

/** @param more whether more of it is better; null where neither is. */
const directionOf = (values: (number | null)[], more: boolean | null): TrendDirection => {
  const [before = null, now = null] = values.slice(-2);
  if (before === null || now === null || more === null) return null;
  return now === before ? 'alike' : now > before === more ? 'better' : 'worse';
};

interface TrendLine {
  name: string;
  values: (number | null)[];
  shown(value: number): string;
  direction: TrendDirection;
}

const linesOf = ({ data: { trend }, texts, number, duration, share }: ReportFormatter): TrendLine[] => {
  const line = (
    name: string,
    of: (point: TrendPoint) => number | null,
    shown: (value: number) => string,
    more: boolean | null,
  ): TrendLine[] => {
    const values = trend.map(of);
    return values.every((value) => value === null)
      ? []
      : [{ name, values, shown, direction: directionOf(values, more) }];
  };
  return [
    ...line(texts.figures.cases, ({ cases }) => cases, number, null),
    ...line(texts.figures['time-to-notify'], ({ notifyMs }) => notifyMs, duration, false),
    ...line(texts.figures['time-to-contain'], ({ containMs }) => containMs, duration, false),
    ...line(texts.labels.levelsAttained, ({ attained }) => attained, share, true),
  ];
};

const rowOf = ({ name, values, shown, direction }: TrendLine): SheetCell[] => {
  const tone = direction ? TONES[direction] : 'plain';
  const isLast = (index: number): boolean => index === values.length - 1;
  return [
    cell(name),
    ...values.map((value, index) =>
      value === null ? cell('—', 'mute') : cell(shown(value), isLast(index) ? tone : 'plain', isLast(index)),
    ),
  ];
};

/** Whether it gets better: the same figures over the last periods, the latest last, and what that says. */
export const trendBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, list, prose, shortRange } = formatter;
  const { trend } = data;
  if (trend.length === 0) return [];
  const lines = linesOf(formatter);
  const said = (['better', 'worse', 'alike'] as const).flatMap((direction) => {
    const names = lines.filter((one) => one.direction === direction).map(({ name }) => name.toLowerCase());
    return names.length ? [texts.sentences.trend[direction](list(names))] : [];
  });
  return [
    { kind: 'title', text: texts.labels.trend },
    ...(said.length ? [{ kind: 'text' as const, text: prose(said), tone: 'plain' as const }] : []),
    table([column('', 1.6), ...trend.map(({ from, to }) => column(shortRange(from, to), 1, true))], lines.map(rowOf)),
  ];
};
