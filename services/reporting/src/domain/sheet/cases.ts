import type { CaseStatus } from '#contracts';
import type { ReportedCase, ReportTimelineEntry } from '../report/data.js';
import { cell, note, type SheetBlock, type SheetCell, type SheetTone } from './blocks.js';
import { toneOfSeverity, type ReportFormatter } from './format.js';
import { paragraphsOf } from './story.js';

const statusTones: Record<CaseStatus, SheetTone> = {
  NEW: 'warn',
  IN_PROGRESS: 'warn',
  ON_HOLD: 'warn',
  RESOLVED: 'good',
  CLOSED: 'good',
};

const statusCell = ({ status, onHoldReason }: ReportedCase, { texts }: ReportFormatter): SheetCell =>
  cell(
    status === 'ON_HOLD' ? `${texts.statuses[status]} (${texts.onHold[onHoldReason]})` : texts.statuses[status],
    statusTones[status],
  );

const timelineTones: Partial<Record<ReportTimelineEntry['what'], SheetTone>> = {
  ACTIVITY: 'bad',
  CONTAINED: 'good',
  RESOLVED: 'good',
  CLOSED: 'good',
  UNDO_FAILED: 'bad',
  QUESTION: 'warn',
  ON_HOLD: 'warn',
};

const detailOf = (
  { what, detail, technique, actionClass, state, onHoldReason }: ReportTimelineEntry,
  { texts, actionName, ruleName }: ReportFormatter,
): string => {
  if (what === 'ACTION' || what === 'UNDO_FAILED')
    return `${actionName(actionClass ?? '')}${texts.colon}${state ? texts.actionStates[state] : ''}`;
  if (what === 'PERMITTED') return actionName(actionClass ?? '');
  if (what === 'ON_HOLD') return onHoldReason ? texts.onHold[onHoldReason] : '';
  return what === 'ACTIVITY' ? ruleName(detail, technique) : detail;
};

/** When something was known is said only when it was not known at once. */
const knownOf = ({ happenedAt, knownAt }: ReportTimelineEntry, { texts, duration }: ReportFormatter): string =>
  knownAt - happenedAt >= 1_000 ? `${texts.labels.known} +${duration(knownAt - happenedAt)}` : '';

/** Hosts and people by name, with what they are to the customer; what else was met is counted. */
const concernedIn = ({ concerned, met }: ReportedCase, { texts, counted, list }: ReportFormatter): string => {
  const named = concerned.map(({ name, criticality, owner, alsoAs }) => {
    const about = [
      criticality === 'UNKNOWN' ? '' : texts.severities[criticality].toLowerCase(),
      owner,
      alsoAs.length ? texts.story.alsoAs(list(alsoAs)) : '',
    ].filter(Boolean);
    return about.length ? `${name} (${about.join(texts.comma)})` : name;
  });
  const counts = met.map(({ kind, count }) => texts.story.kinds(kind, counted(count)));
  return list([...named, ...counts]) || texts.labels.unattributed;
};

/** In the reader's language where ATT&CK says what it is about; else as it is called. */
const titleOf = ({ title, tactic, where }: ReportedCase, { data, texts: { story } }: ReportFormatter): string =>
  tactic === null || data.language === 'EN' ? title : story.headline(story.tactics[tactic].name, where ?? '');

/** What was contained and is so no more differs from what never was: its timeline tells that too. */
const containedIn = (
  { containedAt, resolvedAt, timeline }: ReportedCase,
  { texts: { labels }, dateTime }: ReportFormatter,
): string => {
  if (containedAt !== null) return dateTime(containedAt);
  if (resolvedAt !== null) return labels.nobody;
  return timeline.some(({ what }) => what === 'CONTAINED') ? labels.noMore : labels.notMet;
};

const factsOf = (one: ReportedCase, formatter: ReportFormatter): { label: string; value: string }[] => {
  const {
    texts: { labels, verdicts, verdictReasons, phases },
    dateTime,
    list,
    number,
    techniqueName,
  } = formatter;
  const reason = one.verdictReason === 'NONE' ? '' : ` (${verdictReasons[one.verdictReason]})`;
  return [
    { label: labels.opened, value: dateTime(one.openedAt) },
    { label: labels.contained, value: containedIn(one, formatter) },
    { label: labels.resolved, value: one.resolvedAt === null ? labels.notMet : dateTime(one.resolvedAt) },
    { label: labels.phase, value: phases[one.phase] },
    { label: labels.verdict, value: `${verdicts[one.verdict]}${reason}` },
    { label: labels.involved, value: concernedIn(one, formatter) },
    {
      label: labels.attack,
      value: one.techniques.length ? list(one.techniques.map(techniqueName)) : labels.unattributed,
    },
    { label: labels.findings, value: number(one.findings) },
  ];
};

const cardOf = (one: ReportedCase, formatter: ReportFormatter): SheetBlock => {
  const { texts, dateTime, techniqueName } = formatter;
  const { rootCause } = one;
  return {
    kind: 'case',
    number: one.caseNumber,
    title: titleOf(one, formatter),
    story: paragraphsOf(one.story, formatter),
    severity: cell(texts.severities[one.severity], toneOfSeverity(one.severity)),
    status: statusCell(one, formatter),
    facts: factsOf(one, formatter),
    rootTitle: texts.labels.rootCause,
    root: rootCause
      ? [
          { label: texts.labels.initialAccess, value: techniqueName(rootCause.technique) },
          { label: texts.labels.patientZero, value: rootCause.patientZero },
          { label: texts.labels.cause, value: rootCause.cause },
          { label: texts.labels.prevention, value: rootCause.preventableHow },
        ]
      : [],
    timelineTitle: texts.labels.timeline,
    timeline: [
      ...one.timeline.map((entry) => ({
        time: dateTime(entry.happenedAt),
        what: texts.timeline[entry.what],
        detail: detailOf(entry, formatter),
        known: knownOf(entry, formatter),
        tone: timelineTones[entry.what] ?? ('plain' as const),
      })),
      ...(one.timelineOmitted
        ? [
            {
              time: '',
              what: '',
              detail: texts.sentences.omitted(one.timelineOmitted),
              known: '',
              tone: 'mute' as const,
            },
          ]
        : []),
    ],
  };
};

/** Where cases of before are told besides, so that their number agrees with what was opened. */
const told = ({ data: { casesTold }, texts, counted }: ReportFormatter): SheetBlock[] =>
  casesTold.earlier ? [note(texts.sentences.casesTold(counted(casesTold.opened), counted(casesTold.earlier)))] : [];

export const caseBlocks = (formatter: ReportFormatter): SheetBlock[] => {
  const { data, texts } = formatter;
  if (data.cases.length === 0) return [note(texts.empty.cases)];
  return [...told(formatter), ...data.cases.map((one) => cardOf(one, formatter)), ...formatter.omitted('cases')];
};
