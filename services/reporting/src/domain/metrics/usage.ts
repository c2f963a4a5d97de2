import type { ActionJournal, Journals } from '../journals/index.js';
import { isIn, type Period } from '../report/period.js';
import { actionsOfCases } from '../journals/actions-of-cases.js';
import { survivorsAt } from '../journals/after-merges.js';
import { measured, type MeasuredFigure } from './figure.js';
import { neededCustomer } from './reduction.js';
import { receivedIn } from './telemetry.js';

/** What one finding takes a person to look at: an assumption, stated with the figure. */
export const TRIAGE_MINUTES = 15;

/** Actions whose effect was seen in the period; giving back is one as well. */
export const verifiedIn = (actions: ActionJournal[], period: Period): ActionJournal[] =>
  actions.filter(({ verified }) => verified.some(({ effective, at }) => effective && isIn(at, period)));

const hoursSaved = ({ findings, cases, actions }: Journals, period: Period): number | null => {
  const raised = findings.filter(({ raised: one }) => isIn(one?.detectedAt, period));
  if (raised.length === 0) return null;
  const [survivorOf, actionsOf] = [survivorsAt(cases, period.to), actionsOfCases(actions)];
  // A finding of this period may belong to a case of an earlier one, or to one that went into another.
  const withCustomer = new Set(
    cases
      .filter((doc) => neededCustomer(doc, actionsOf(doc.caseId), period.to))
      .map(({ caseId }) => survivorOf(caseId)),
  );
  const handled = raised.filter(
    ({ places }) => !withCustomer.has(survivorOf(places.findLast(({ at }) => at < period.to)?.caseId ?? '')),
  );
  return (handled.length * TRIAGE_MINUTES) / 60;
};

/** What the service took in and what it was worth. */
export const usageFigures = (journals: Journals, period: Period): MeasuredFigure[] => {
  const received = receivedIn(journals.receipts, period);
  const verified = verifiedIn(journals.actions, period).length;
  return [
    measured('dead-letters', 'count', received?.dead ?? null, ['telemetry.received'], ['dead']),
    measured('bytes', 'bytes', received?.bytes ?? null, ['telemetry.received'], ['bytes']),
    measured(
      'actions-verified',
      'count',
      journals.actions.length ? verified : null,
      ['action.verified'],
      ['effective', 'at'],
    ),
    measured(
      'hours-saved',
      'hours',
      hoursSaved(journals, period),
      ['finding.raised', 'clustering.finding-placed', 'case.opened'],
      ['detectedAt', 'caseId'],
    ),
  ];
};
