import type { Language, ReportColour, ReportKind, TenantState } from '#contracts';
import { isAtLeast } from '#libs/terms';
import { afterMerges } from '../journals/after-merges.js';
import { isHarmless } from '../journals/harmless.js';
import type { Journals } from '../journals/index.js';
import { allFigures } from '../metrics/index.js';
import { daysOf, periodBefore, type Period } from './period.js';
import { REPORT_SCHEMA, type BoundedList, type Figure, type ReportData, type ReportedCase } from './data.js';
import { actionSection } from '../sections/actions.js';
import { adviceSection } from '../sections/advice.js';
import { caseSection, dayCounts } from '../sections/cases.js';
import { clockSection } from '../sections/clocks.js';
import { exceptionSection } from '../sections/exceptions.js';
import { qualitySection } from '../sections/quality.js';
import { sectionContextOf } from '../sections/context.js';
import { postureSection, untoldPosture } from '../sections/posture.js';
import { huntSection, visibilitySection } from '../sections/visibility.js';
import { trendSection } from '../sections/trend.js';
import { whereaboutsOf } from '../sections/whereabouts.js';
import { waitingItems } from '../sections/waiting-on-customer.js';
import { textsOf, type VerdictCounts } from '../texts/index.js';

/** Which report: everything besides the journals that its figures follow from. */
export interface ReportScope extends Period {
  kind: ReportKind;
  language: Language;
  settings: TenantState;
}

type ReportBody = Omit<ReportData, 'verdict' | 'omitted'>;

const most: Record<BoundedList, number> = {
  waiting: 40,
  cases: 30,
  actions: 60,
  breaches: 60,
  containments: 30,
  hunts: 40,
  recommendations: 40,
  quality: 15,
  postureItems: 50,
};

const cutShort = (body: ReportBody): Omit<ReportData, 'verdict'> => {
  const names = Object.keys(most) as BoundedList[];
  const lists = Object.fromEntries(
    names.map((name) => [name, body[name]?.slice(0, most[name])]).filter(([, list]) => list),
  );
  const omitted = Object.fromEntries(
    names.map((name) => [name, Math.max(0, (body[name]?.length ?? 0) - most[name])]),
  ) as Record<BoundedList, number>;
  return { ...body, ...lists, omitted };
};

/** Serious cases that no effect we saw contains. */
const uncontainedIn = ({ cases }: ReportBody): ReportedCase[] =>
  cases.filter(
    ({ severity, status, containedAt, verdict }) =>
      isAtLeast(severity, 'HIGH') &&
      status !== 'RESOLVED' &&
      status !== 'CLOSED' &&
      containedAt === null &&
      !isHarmless(verdict),
  );

/** Open gaps that no other number tells: items, and what the journals alone show. */
const gapsOf = ({ postureItems = [], posture, sources }: ReportBody): number => {
  const silent = new Set(sources.filter(({ isSilent }) => isSilent).map(({ name }) => name));
  const items = postureItems.filter(
    ({ check, subject, state }) => state === 'OPEN' && !(check === 'SOURCE_SILENT' && silent.has(subject)),
  );
  const seen = posture.filter(({ kind }) => kind !== 'SOURCE_SILENT');
  return [...items, ...seen].filter(({ severity }) => isAtLeast(severity, 'MEDIUM')).length;
};

const countsOf = (body: ReportBody): VerdictCounts => ({
  uncontained: uncontainedIn(body).filter(({ isHandedOver }) => !isHandedOver).length,
  handedOver: uncontainedIn(body).filter(({ isHandedOver }) => isHandedOver).length,
  contained: body.containments.length,
  serious: body.cases.filter(({ severity, verdict }) => isAtLeast(severity, 'HIGH') && !isHarmless(verdict)).length,
  waiting: body.waiting.length,
  breaches: body.breaches.length,
  silent: body.sources.filter(({ isSilent }) => isSilent).length,
  gaps: gapsOf(body),
  cases: body.cases.length,
});

const colourOf = (counts: VerdictCounts, hasTelemetry: boolean): ReportColour => {
  if (counts.uncontained > 0) return 'RED';
  if (!hasTelemetry && counts.cases === 0) return 'GREY';
  const { contained, serious, waiting, breaches, silent, gaps } = counts;
  return contained + serious + waiting + breaches + silent + gaps > 0 ? 'AMBER' : 'GREEN';
};

const verdictOf = (body: ReportBody): ReportData['verdict'] => {
  const counts = countsOf(body);
  const colour = colourOf(
    counts,
    body.figures.some(({ id, value }) => id === 'events' && value !== null),
  );
  const key = colour.toLowerCase() as Lowercase<ReportColour>;
  return { colour, sentence: textsOf(body.language).verdict[key](counts) };
};

const figuresOf = (journals: Journals, { from, to, language, settings }: ReportScope): Figure[] =>
  allFigures(journals, { from, to }, settings)
    .map((figure) => ({ ...figure, formula: textsOf(language).formulas[figure.id], range: { from, to } }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/**
 * Everything a report says, from journals alone: the same journals and scope give the same data.
 * @param scope period in epoch ms; settings with which the report is (or was) made.
 */
export const reportOf = (told: Journals, scope: ReportScope): ReportData => {
  const { kind, language, settings } = scope;
  const period = { from: scope.from, to: scope.to };
  const journals = afterMerges(told, scope.to);
  const before = periodBefore(period, kind, settings.timeZone);
  const context = sectionContextOf(journals, period, before, settings);
  const exceptions = exceptionSection(journals, context);
  const postureItems = postureSection(journals, context);
  const visibility = visibilitySection(journals, context);
  const waiting = waitingItems(journals, context);
  const cases = caseSection(journals, context, waiting);
  const body: ReportBody = {
    schema: REPORT_SCHEMA,
    tenant: { id: settings.tenantId, name: settings.name },
    kind,
    period,
    before,
    language,
    timeZone: settings.timeZone,
    tlp: 'AMBER',
    settingsVersion: settings.version,
    responseMode: settings.policy.mode,
    figures: figuresOf(journals, scope),
    days: dayCounts(journals, daysOf(period, settings.timeZone)),
    waiting,
    cases,
    trend: trendSection(told, { period, kind, timeZone: settings.timeZone }),
    ...whereaboutsOf(journals, context, cases),
    actions: actionSection(journals, context),
    ...clockSection(journals, context),
    hunts: huntSection(journals, context),
    ...visibility,
    posture: untoldPosture(visibility.posture, postureItems),
    ...(postureItems ? { postureItems } : {}),
    recommendations: adviceSection(journals, context),
    quality: qualitySection(journals, context),
    ...(exceptions ? { exceptions } : {}),
  };
  // The verdict counts everything; the pages tell the beginning of long lists.
  return { ...cutShort(body), verdict: verdictOf(body) };
};
