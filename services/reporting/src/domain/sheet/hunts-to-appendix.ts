import type { Figure } from '../report/data.js';
import { cell, column, note, table, type SheetBlock, type SheetCell } from './blocks.js';
import { spreadOfFigure, toneOfSeverity, type ReportFormatter } from './format.js';

export const huntBlocks = ({ data, texts, number, dateTime, omitted }: ReportFormatter): SheetBlock[] => {
  const { labels } = texts;
  if (data.hunts.length === 0) return [note(texts.empty.hunts)];
  return [
    table(
      [
        column(labels.hypothesis, 3),
        column(labels.technique),
        column(labels.scope, 1.4),
        column(labels.events, 0, true),
        column(labels.outcome, 0, true),
      ],
      data.hunts.map(({ hypothesis, technique, scope, scanned, rows, failure }) => [
        cell(hypothesis),
        cell(technique),
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

const changeOf = (now: number | null, before: number | null, share: ReportFormatter['share']): string => {
  if (now === null || before === null || before === 0) return '—';
  const change = now / before - 1;
  return `${change > 0 ? '+' : ''}${share(change)}`;
};

export const visibilityBlocks = ({ data, texts, number, share, dateTime }: ReportFormatter): SheetBlock[] => {
  const { labels, sentences } = texts;
  const sources = table(
    [
      column(labels.source, 1.4),
      column(labels.kind, 1.4),
      column(labels.events, 0, true),
      column(labels.eventsBefore, 0, true),
      column(labels.change, 0, true),
      column(labels.lastSeen, 1),
      column(labels.state),
    ],
    data.sources.map(({ name, kind, events, eventsBefore, lastReceivedAt, isSilent }) => [
      cell(name, 'plain', true),
      cell(texts.sources[kind as keyof typeof texts.sources] ?? kind),
      events === null ? cell(labels.noData, 'mute') : cell(number(events)),
      eventsBefore === null ? cell('—', 'mute') : cell(number(eventsBefore)),
      cell(changeOf(events, eventsBefore, share)),
      lastReceivedAt === null ? cell('—', 'mute') : cell(dateTime(lastReceivedAt)),
      isSilent ? cell(labels.silent, 'bad', true) : cell(labels.alive, 'good'),
    ]),
  );
  const { assets, techniques } = data;
  return [
    ...(data.sources.length ? [sources] : [note(labels.noData)]),
    {
      kind: 'list',
      items: [
        sentences.assets(assets.sending === null ? null : number(assets.sending), number(assets.known)),
        ...(techniques ? [sentences.techniques(number(techniques.covered), number(techniques.inScope))] : []),
      ],
    },
  ];
};

export const postureBlocks = ({ data, texts, list, dateTime, omitted }: ReportFormatter): SheetBlock[] => {
  const { labels } = texts;
  const posture =
    data.posture.length === 0
      ? note(texts.empty.posture)
      : table(
          [column(labels.severity), column(labels.posture, 2.4), column(labels.recommendation, 2)],
          data.posture.map(({ kind, severity, subjects, count }) => [
            cell(texts.severities[severity], toneOfSeverity(severity), true),
            cell(texts.posture[kind](count, `${list(subjects)}${count > subjects.length ? '…' : ''}`)),
            cell(texts.postureAdvice[kind]),
          ]),
        );
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
  return [posture, advice, ...omitted('recommendations')];
};

const exceptionBlock = ({ data: { exceptions = [] }, texts, dateTime }: ReportFormatter): SheetBlock => {
  const { labels } = texts;
  if (exceptions.length === 0) return note(texts.empty.tuning);
  return table(
    [column(labels.suppressions, 2), column(labels.reasons, 2.4), column(labels.period, 1.4)],
    exceptions.map(({ title, owner, reason, since, until }) => [
      cell(title),
      cell(`${reason} (${owner})`),
      cell(`${dateTime(since)} – ${dateTime(until)}`),
    ]),
  );
};

export const qualityBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts, number, list, omitted } = formatter;
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
          data.quality.map(({ title, findings, matches, falsePositives, reasons }) => [
            cell(title),
            cell(number(findings)),
            cell(number(matches)),
            cell(number(falsePositives), falsePositives ? 'warn' : 'plain', falsePositives > 0),
            cell(list(reasons.map((reason) => texts.verdictReasons[reason]))),
          ]),
        );
  return [rules, ...omitted('quality'), exceptionBlock(formatter)];
};

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
      [column(labels.figure, 1.2), column(labels.value, 1.1), column(labels.formula, 2.6), column(labels.query, 1.9)],
      rows.map((figure) => appendixRow(figure, formatter)),
      true,
    ),
  ];
};
