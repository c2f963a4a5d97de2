import type { PostureCheck } from '#libs/terms';
import type { ReportedPosture } from '../report/data.js';
import { postureTexts } from '../texts/posture-texts.js';
import { cell, column, table, type SheetBlock, type SheetTone } from './blocks.js';
import { toneOfSeverity, type ReportFormatter } from './format.js';

const TONES: Record<ReportedPosture['state'], SheetTone> = { OPEN: 'warn', RISK_ACCEPTED: 'mute', RESOLVED: 'good' };

/** Posture items with their state, owner and accepted risk; nothing where there are none. */
export const postureItemBlocks = ({ data, texts, dateTime, omitted }: ReportFormatter): SheetBlock[] => {
  const { labels } = texts;
  const words = postureTexts[data.language];
  const items = data.postureItems ?? [];
  if (items.length === 0) return [];
  const rows = items.map(
    ({ check, subject, title, severity, state, recommendation, owner, dueAt, accepted, changedAt }) => [
      cell(texts.severities[severity], toneOfSeverity(severity), true),
      cell(words.checks[check as PostureCheck]?.(subject) ?? title),
      cell(recommendation || (words.advice[check as PostureCheck] ?? labels.nobody)),
      cell(owner || labels.nobody),
      cell(dueAt === null ? labels.nobody : dateTime(dueAt)),
      cell(
        accepted
          ? `${words.states[state]} · ${words.accepted(accepted.by, dateTime(accepted.at))}`
          : `${words.states[state]} · ${dateTime(changedAt)}`,
        TONES[state],
      ),
    ],
  );
  const columns = [
    column(labels.severity),
    column(labels.posture, 2),
    column(labels.recommendation, 2),
    column(words.owner),
    column(labels.due),
    column(labels.state, 1.2),
  ];
  return [table(columns, rows), ...omitted('postureItems')];
};
