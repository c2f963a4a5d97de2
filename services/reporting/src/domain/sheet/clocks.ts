import type { FigureId } from '../metrics/index.js';
import { cell, column, note, table, type SheetBlock } from './blocks.js';
import { spreadOfFigure, type ReportFormatter } from './format.js';

const times: FigureId[] = [
  'time-to-detect',
  'pipeline-delay',
  'time-to-acknowledge',
  'time-to-notify',
  'time-to-contain',
  'time-to-resolve',
  'time-to-resolve-ours',
  'time-to-resolve-customer',
  'time-to-resolve-third-party',
  'time-to-approve',
];

const timesTable = ({ texts: { labels, figures }, figure, duration, number }: ReportFormatter): SheetBlock =>
  table(
    [
      column(labels.figure, 2),
      column(labels.median, 1, true),
      column(labels.p90, 1, true),
      column(labels.n, 0.6, true),
    ],
    times.map((id) => {
      const spread = spreadOfFigure(figure(id));
      const isPart = id.startsWith('time-to-resolve-');
      const name = cell(isPart ? `\u2003${figures[id]}` : figures[id], isPart ? 'mute' : 'plain');
      return spread
        ? [name, cell(duration(spread.median), 'plain', !isPart), cell(duration(spread.p90)), cell(number(spread.n))]
        : [name, cell(labels.noData, 'mute'), cell('—', 'mute'), cell('—', 'mute')];
    }),
  );

const containChart = ({ data, texts, duration, omitted }: ReportFormatter): SheetBlock[] => {
  if (data.containments.length === 0) return [note(texts.empty.containments)];
  return [
    {
      kind: 'bars',
      title: texts.labels.containTimes,
      mark: null,
      bars: data.containments.map(({ caseNumber, ms }) => ({
        label: caseNumber,
        value: ms,
        text: duration(ms),
        tone: 'plain' as const,
      })),
    },
    ...omitted('containments'),
  ];
};

const levels = ({ data, texts, number, share }: ReportFormatter): SheetBlock => {
  const { labels } = texts;
  if (data.serviceLevels.every(({ attained, missed }) => attained + missed === 0)) return note(texts.empty.clocks);
  return table(
    [
      column(labels.level, 2),
      column(labels.attained, 1, true),
      column(labels.missed, 1, true),
      column(labels.attainment, 1, true),
    ],
    data.serviceLevels.map(({ kind, attained, missed }) => [
      cell(texts.clocks[kind]),
      cell(number(attained)),
      cell(number(missed), missed ? 'bad' : 'plain'),
      attained + missed
        ? cell(share(attained / (attained + missed)), missed ? 'warn' : 'good', true)
        : cell(labels.noData, 'mute'),
    ]),
  );
};

const breaches = ({ data, texts, duration, dateTime }: ReportFormatter): SheetBlock => {
  const { labels } = texts;
  if (data.breaches.length === 0) return note(texts.empty.breaches);
  return table(
    [
      column(labels.case),
      column(labels.level, 1),
      column(labels['target-time'], 1),
      column(labels.due, 1),
      column(labels.met, 1),
      column(labels.late, 0, true),
    ],
    data.breaches.map(({ caseNumber, kind, targetMinutes, businessHours, dueAt, metAt, lateMs }) => [
      cell(caseNumber),
      cell(texts.clocks[kind]),
      cell(`${duration(targetMinutes * 60_000)}${businessHours ? ` (${labels.businessHours})` : ''}`),
      cell(dateTime(dueAt)),
      metAt === null ? cell(labels.notMet, 'bad') : cell(dateTime(metAt)),
      cell(duration(lateMs), 'bad', true),
    ]),
  );
};

const waitedSplit = ({ data, texts, duration }: ReportFormatter): SheetBlock[] => {
  const { waited } = data;
  if (!waited) return [];
  const total = waited.oursMs + waited.customerMs + waited.thirdPartyMs;
  const part = (label: string, ms: number, tone: 'plain' | 'warn' | 'mute') => ({
    label,
    share: ms / total,
    text: duration(ms),
    tone,
  });
  return [
    {
      kind: 'split',
      title: texts.labels.waitedFor,
      parts: [
        part(texts.labels.ours, waited.oursMs, 'plain'),
        part(texts.labels.yours, waited.customerMs, 'warn'),
        part(texts.labels.thirdParty, waited.thirdPartyMs, 'mute'),
      ].filter(({ share }) => share > 0),
    },
  ];
};

/** How long things took, what was agreed, and who was waited for. */
export const clockBlocks = (formatter: ReportFormatter): SheetBlock[] => [
  timesTable(formatter),
  ...containChart(formatter),
  levels(formatter),
  ...waitedSplit(formatter),
  { kind: 'title', text: formatter.texts.labels.breaches },
  breaches(formatter),
  ...formatter.omitted('breaches'),
];
