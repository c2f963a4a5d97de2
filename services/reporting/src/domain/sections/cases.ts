import type { RootCause } from '#contracts';
import { foldedEntities, severityRank } from '#libs/terms';
import { caseAt, openedIn } from '../journals/case-at.js';
import { containmentTold } from '../journals/containment.js';
import type { CaseJournal, Journals } from '../journals/index.js';
import { isIn } from '../report/period.js';
import type { ReportData, ReportedCase, ReportWaitingItem } from '../report/data.js';
import { concernedBy, isNamed } from './concerned.js';
import { aimOf, leadOf, whereOf, whoOf } from './lead-finding.js';
import { storyOf } from './story.js';
import { timelineOf } from './timeline.js';
import { excerpt, type SectionContext } from './context.js';

const isReported = (doc: CaseJournal, { period }: SectionContext): boolean => {
  const now = caseAt(doc, period.to);
  if (doc.openedAt >= period.to || now.isMerged) return false;
  return (
    now.isOpen ||
    isIn(doc.openedAt, period) ||
    isIn(now.resolvedAt, period) ||
    isIn(now.containedAt, period) ||
    isIn(now.closing?.at, period)
  );
};

const unique = (values: string[], most: number): string[] => [...new Set(values)].sort().slice(0, most);

const shortRootCause = (root: RootCause | null): RootCause | null =>
  root && {
    technique: root.technique,
    patientZero: excerpt(root.patientZero, 80),
    cause: excerpt(root.cause, 160),
    preventableHow: excerpt(root.preventableHow, 160),
  };

const reported = (doc: CaseJournal, context: SectionContext, waiting: ReportWaitingItem[]): ReportedCase => {
  const { to, numberOf } = context;
  const now = caseAt(doc, to);
  const { timeline, omitted } = timelineOf(doc, to, context.actionsOf(doc.caseId));
  const entities = now.findings.flatMap((finding) => finding.entities);
  const concerned = concernedBy(entities, context.settings);
  const lead = leadOf(doc, now);
  const contained = containmentTold(doc, now, context.isContained(doc.caseId));
  return {
    caseId: doc.caseId,
    caseNumber: numberOf(doc.caseId),
    title: excerpt(now.title, 140),
    tactic: aimOf(lead),
    where: lead ? (whereOf(lead) ?? whoOf(lead)) : null,
    severity: now.severity,
    status: now.status,
    onHoldReason: now.onHoldReason,
    phase: now.phase,
    verdict: now.verdict,
    verdictReason: now.verdictReason,
    openedAt: doc.openedAt,
    containedAt: contained?.occurredAt ?? null,
    isHandedOver: context.isHandedOver(doc.caseId),
    resolvedAt: now.resolvedAt,
    techniques: unique(
      now.findings.flatMap(({ techniques }) => techniques),
      12,
    ),
    tactics: unique(
      now.findings.flatMap(({ tactics }) => tactics),
      12,
    ),
    findings: now.findings.length,
    story: storyOf({ doc, now, to, lead, contained, journals: context.actionsOf(doc.caseId), waiting }),
    concerned,
    met: foldedEntities(entities)
      .filter((fold) => !isNamed(fold) && fold.count > concerned.filter(({ kind }) => kind === fold.kind).length)
      .map(({ kind, count }) => ({ kind, count })),
    rootCause: shortRootCause(now.closing?.rootCause ?? null),
    timeline,
    timelineOmitted: omitted,
  };
};

/**
 * Cases that were open in the period: the grave first, then by number. What waits of one that was merged is told with
 * the one that its work goes on in.
 */
export const caseSection = (
  { cases }: Journals,
  context: SectionContext,
  waiting: ReportWaitingItem[],
): ReportedCase[] =>
  cases
    .filter((doc) => isReported(doc, context))
    .sort(
      (a, b) =>
        severityRank(caseAt(b, context.to).severity) - severityRank(caseAt(a, context.to).severity) ||
        a.number - b.number ||
        (a.caseId < b.caseId ? -1 : 1),
    )
    .map((doc) =>
      reported(
        doc,
        context,
        waiting.filter(({ caseId }) => context.survivorOf(caseId) === doc.caseId),
      ),
    );

export const dayCounts = (journals: Journals, days: { date: string; from: number; to: number }[]): ReportData['days'] =>
  days.map((day) => ({
    date: day.date,
    findings: journals.findings.filter(({ raised }) => isIn(raised?.detectedAt, day)).length,
    cases: openedIn(journals.cases, day).length,
  }));
