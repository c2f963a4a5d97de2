import { NO_POSTURE, postureAfter, postureStanding, severityRank } from '#libs/terms';
import type { Journals, PostureJournal } from '../journals/index.js';
import type { ReportData, ReportedPosture } from '../report/data.js';
import { isIn, type Period } from '../report/period.js';
import { excerpt, type SectionContext } from './context.js';

const reported = ({ postureId, facts: all }: PostureJournal, period: Period): ReportedPosture[] => {
  const facts = all.filter(({ at }) => at < period.to);
  const opened = facts.find((one) => one.type === 'posture.opened');
  if (!opened) return [];
  const told = facts.findLast((one) => one.type === 'posture.changed') ?? opened;
  const state = postureStanding(facts.reduce(postureAfter, NO_POSTURE));
  const last = facts.at(-1) ?? opened;
  if (state === 'RESOLVED' && !isIn(last.at, period)) return [];
  const accepted =
    state === 'RISK_ACCEPTED' ? facts.findLast((one) => one.type === 'posture.risk-accepted') : undefined;
  return [
    {
      postureId,
      check: opened.check,
      subject: excerpt(opened.subject, 80),
      title: excerpt(opened.title, 120),
      severity: told.severity,
      state,
      recommendation: excerpt(told.recommendation),
      owner: excerpt(told.owner, 80),
      dueAt: told.dueAt ?? null,
      accepted: accepted ? { by: accepted.by.subject, reason: excerpt(accepted.reason), at: accepted.at } : null,
      openedAt: opened.at,
      changedAt: last.at,
    },
  ];
};

/**
 * Posture items that stood at the end of the period, or ended in it, the gravest first.
 * @returns undefined when there were none: reports made before such items say the same.
 */
export const postureSection = (
  { postures }: Pick<Journals, 'postures'>,
  { period }: Pick<SectionContext, 'period'>,
): ReportedPosture[] | undefined => {
  const items = postures.flatMap((one) => reported(one, period));
  const order = (one: ReportedPosture): number => (one.state === 'RESOLVED' ? 100 : 0) - severityRank(one.severity);
  return items.length ? items.sort((a, b) => order(a) - order(b) || (a.postureId < b.postureId ? -1 : 1)) : undefined;
};

/** What an item tells already is not told once more. */
export const untoldPosture = (
  posture: ReportData['posture'],
  items: readonly ReportedPosture[] = [],
): ReportData['posture'] => {
  const told = items.filter(({ check }) => check === 'SOURCE_SILENT').map(({ subject }) => subject);
  return posture.flatMap((one) => {
    if (one.kind !== 'SOURCE_SILENT') return [one];
    const subjects = one.subjects.filter((subject) => !told.includes(subject));
    return subjects.length ? [{ ...one, subjects, count: subjects.length }] : [];
  });
};
