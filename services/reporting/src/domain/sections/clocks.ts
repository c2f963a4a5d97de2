import { waitedMs } from '../journals/case-at.js';
import type { Journals } from '../journals/index.js';
import { containments } from '../metrics/respond.js';
import { clockKinds, clockResults } from '../metrics/service-levels.js';
import { sumOf } from '../metrics/statistics.js';
import type { ReportData } from '../report/data.js';
import type { SectionContext } from './context.js';

/** Minutes of all cases in the period by the side they waited for; null when no case was open. */
const waitedIn = ({ cases }: Journals, { period }: SectionContext): ReportData['waited'] => {
  const all = cases
    .filter(({ openedAt, merged }) => openedAt < period.to && !(merged && merged.at < period.to))
    .map((doc) => waitedMs(doc, period));
  const waited = {
    oursMs: sumOf(all, ({ OURS }) => OURS),
    customerMs: sumOf(all, ({ CUSTOMER }) => CUSTOMER),
    thirdPartyMs: sumOf(all, ({ THIRD_PARTY }) => THIRD_PARTY),
  };
  return waited.oursMs + waited.customerMs + waited.thirdPartyMs > 0 ? waited : null;
};

/** Service levels by kind, every breach by name, and who was waited for. */
export const clockSection = (
  journals: Journals,
  context: SectionContext,
): Pick<ReportData, 'serviceLevels' | 'breaches' | 'waited' | 'containments'> => {
  const results = clockResults(journals.cases, context.period);
  return {
    serviceLevels: clockKinds.map((kind) => ({
      kind,
      attained: results.filter((one) => one.kind === kind && one.attained).length,
      missed: results.filter((one) => one.kind === kind && !one.attained).length,
    })),
    breaches: results
      .filter(({ attained }) => !attained)
      .map(({ number: _number, attained: _attained, ...rest }) => ({
        ...rest,
        caseNumber: context.numberOf(rest.caseId),
        lateMs: (rest.metAt ?? context.to) - rest.dueAt,
      })),
    waited: waitedIn(journals, context),
    containments: containments(journals.cases, context.period).map(({ number: _number, ...rest }) => ({
      ...rest,
      caseNumber: context.numberOf(rest.caseId),
    })),
  };
};
