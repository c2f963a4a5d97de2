import { DAY_MS } from '#libs/terms';
import type { Figure } from '../report/data.js';
import { TRIAGE_MINUTES } from '../metrics/usage.js';
import { cell, column, note, table, type SheetBlock, type SheetTile } from './blocks.js';
import { trendBlocks } from './trend.js';
import { spreadOfFigure, type ReportFormatter } from './format.js';

const spreadTile = (formatter: ReportFormatter, id: Figure['id']): SheetTile => {
  const { texts, value, figure, number } = formatter;
  const spread = spreadOfFigure(figure(id));
  const detail = spread ? `p90 ${value(spread.p90, figure(id).unit)} · n\u00a0=\u00a0${number(spread.n)}` : '';
  return { label: texts.figures[id], value: formatter.shown(id), note: detail, tone: spread ? 'plain' : 'mute' };
};

const levelTile = ({ data, texts, share, number }: ReportFormatter): SheetTile => {
  const attained = data.serviceLevels.reduce((sum, one) => sum + one.attained, 0);
  const all = data.serviceLevels.reduce((sum, one) => sum + one.attained + one.missed, 0);
  if (all === 0) return { label: texts.labels.levelsAttained, value: texts.labels.noData, note: '', tone: 'mute' };
  return {
    label: texts.labels.levelsAttained,
    value: share(attained / all),
    note: `${texts.labels.missed}${texts.colon}${number(all - attained)} / ${number(all)}`,
    tone: attained === all ? 'good' : 'warn',
  };
};

const plainTile = (formatter: ReportFormatter, id: Figure['id'], detail = ''): SheetTile => ({
  label: formatter.texts.figures[id],
  value: formatter.shown(id),
  note: detail,
  tone: formatter.figure(id).value === null ? 'mute' : 'plain',
});

const ratingTile = (formatter: ReportFormatter): SheetTile => {
  const spread = spreadOfFigure(formatter.figure('satisfaction'));
  return {
    ...spreadTile(formatter, 'satisfaction'),
    note: spread ? `n\u00a0=\u00a0${formatter.number(spread.n)}` : '',
  };
};

/** A tile without data says nothing. */
const known = (tiles: SheetTile[]): SheetTile[] => tiles.filter(({ tone }) => tone !== 'mute');

/** What the service was worth, with how that is counted. */
const valueLine = ({ figure, shown, texts, counted, number }: ReportFormatter): SheetBlock[] => {
  const { value } = figure('hours-saved');
  if (typeof value !== 'number') return [];
  const handled = counted(Math.round((value * 60) / TRIAGE_MINUTES));
  return [note(texts.sentences.value(handled, number(TRIAGE_MINUTES), shown('hours-saved')))];
};

/** How the findings and cases of the period divide: the same numbers on every page. */
const division = ({ data, texts, counted }: ReportFormatter): SheetBlock[] => {
  const { opened, earlier, none } = data.findingsIn;
  if (earlier + none === 0) return [];
  const text = texts.sentences.findingsIn(counted(opened), counted(earlier), counted(none));
  return [{ kind: 'text', text, tone: 'plain' }];
};

/** The period in one sentence, the figures that people look for first, and whether they get better. */
export const verdictBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, range } = formatter;
  return [
    {
      kind: 'verdict',
      colour: data.verdict.colour,
      sentence: data.verdict.sentence,
      facts: [
        { label: texts.labels.period, value: range(data.period.from, data.period.to) },
        { label: texts.labels.timeZone, value: data.timeZone },
        { label: texts.labels.responseMode, value: texts.modes[data.responseMode] },
      ],
    },
    {
      kind: 'tiles',
      tiles: known([
        spreadTile(formatter, 'time-to-detect'),
        spreadTile(formatter, 'time-to-acknowledge'),
        spreadTile(formatter, 'time-to-contain'),
        levelTile(formatter),
      ]),
    },
    ...trendBlocks(formatter),
  ];
};

/** Columns beside which the day of the week is told. */
const MOST_NAMED_DAYS = 14;

const funnelIds = ['events', 'findings', 'cases', 'cases-needing-customer'] as const;

const funnelOf = ({ texts, number, shown }: ReportFormatter, values: readonly (number | null)[]): SheetBlock => {
  const steps = funnelIds.map((id, index) => {
    const [value, above] = [values[index] ?? null, values[index - 1] ?? null];
    const ratio = value && above ? texts.sentences.ratio(number(above / value, above < 10 * value ? 1 : 0)) : '';
    return { label: texts.figures[id], value: shown(id), ratio, width: [1, 0.72, 0.46, 0.26][index] ?? 0.2 };
  });
  return { kind: 'funnel', steps };
};

/** From events to what needed the customer; findings by day; what the service took in and was worth. */
export const funnelBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, number, counted, dayLabel } = formatter;
  const any = data.days.some(({ findings }) => findings > 0);
  const columns = data.days.map(({ date, findings }) => ({
    // Of a month the number of the day is all that can be read.
    label: data.days.length > MOST_NAMED_DAYS ? String(Number(date.slice(8))) : dayLabel(date),
    value: findings,
    text: number(findings),
  }));
  const values = funnelIds.map((id) => formatter.figure(id).value as number | null);
  const [events, findings, cases, needing] = values.map((value) => (value === null ? null : counted(value)));
  return [
    ...(events && findings && cases && needing
      ? [
          {
            kind: 'text' as const,
            text: texts.sentences.funnel(events, findings, cases, needing),
            tone: 'plain' as const,
          },
        ]
      : []),
    ...division(formatter),
    funnelOf(formatter, values),
    ...(any && columns.length <= 45
      ? [{ kind: 'columns' as const, title: texts.labels.perDay, unit: texts.labels.findings, columns }]
      : [note(texts.empty.findings)]),
    { kind: 'title', text: texts.labels.usage },
    {
      kind: 'tiles',
      tiles: known([
        plainTile(formatter, 'bytes'),
        plainTile(formatter, 'analyst-minutes'),
        plainTile(formatter, 'hours-saved'),
        ratingTile(formatter),
        plainTile(formatter, 'fidelity'),
        plainTile(formatter, 'dead-letters'),
      ]),
    },
    ...valueLine(formatter),
  ];
};

/** What the customer has to do, with its age. */
export const waitingBlocks = ({
  data,
  texts,
  dateTime,
  duration,
  actionName,
  omitted,
}: ReportFormatter): SheetBlock[] => {
  const { labels } = texts;
  // What is not contained is not over, though nobody asked the customer for anything.
  if (data.waiting.length === 0)
    return [note(data.verdict.colour === 'RED' ? texts.empty.waitingUncontained : texts.empty.waiting)];
  return [
    table(
      [
        column(labels.what, 1.1),
        column(labels.subject, 3),
        column(labels.case, 0),
        column(labels.since, 0),
        column(labels.age, 0, true),
      ],
      data.waiting.map(({ kind, text, caseNumber, since, ageMs, actionClass, target, onHoldReason }) => [
        cell(texts.waiting[kind], kind === 'RECOMMENDATION' ? 'plain' : 'warn', true),
        cell(
          onHoldReason
            ? texts.story.held[onHoldReason]
            : actionClass
              ? `${actionName(actionClass)}${texts.colon}${target ?? ''}`
              : text,
        ),
        cell(caseNumber),
        cell(dateTime(since)),
        cell(duration(ageMs), ageMs > DAY_MS && kind !== 'RECOMMENDATION' ? 'bad' : 'plain'),
      ]),
    ),
    ...omitted('waiting'),
  ];
};
