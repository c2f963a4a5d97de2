import { cell, column, note, table, type SheetBlock } from './blocks.js';
import type { ReportFormatter } from './format.js';

const changeOf = (now: number | null, before: number | null, share: ReportFormatter['share']): string => {
  if (now === null || before === null || before === 0) return '—';
  const change = now / before - 1;
  return `${change > 0 ? '+' : ''}${share(change)}`;
};

export const visibilityBlocks = ({ data, texts, number, counted, share, dateTime }: ReportFormatter): SheetBlock[] => {
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
        sentences.assets(assets.sending === null ? null : counted(assets.sending), counted(assets.known)),
        ...(techniques ? [sentences.techniques(counted(techniques.covered), counted(techniques.inScope))] : []),
      ],
    },
  ];
};
