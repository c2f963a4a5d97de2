import { caseAt } from '../journals/case-at.js';
import type { CaseJournal, FindingJournal, Journals } from '../journals/index.js';
import { isIn } from '../report/period.js';
import type { RuleQuality } from '../report/data.js';
import { excerpt, type SectionContext } from './context.js';

/** Matches of a finding as known before an instant: the first one, and those that were counted since. */
const matchesOf = ({ counts }: FindingJournal, to: number): number =>
  Math.max(1, ...counts.filter(({ at }) => at < to).map(({ count }) => count));

const falseCases = ({ cases }: Journals, { period }: SectionContext): CaseJournal[] =>
  cases.filter((doc) => {
    const { resolvedAt, verdict } = caseAt(doc, period.to);
    return isIn(resolvedAt, period) && (verdict === 'FALSE_POSITIVE' || verdict === 'BENIGN');
  });

/** Rules that were wrong or loud in the period: false positives first, then by matches. */
export const qualitySection = (journals: Journals, context: SectionContext): RuleQuality[] => {
  const rules = new Map<string, RuleQuality>();
  const rule = (ruleId: string, title: string, techniques: string[]): RuleQuality => {
    const known = rules.get(ruleId) ?? {
      ruleId,
      title: excerpt(title, 120),
      technique: techniques[0] ?? null,
      falsePositives: 0,
      reasons: [],
      findings: 0,
      matches: 0,
    };
    rules.set(ruleId, known);
    return known;
  };
  for (const doc of journals.findings) {
    if (!doc.raised || !isIn(doc.raised.detectedAt, context.period)) continue;
    const seen = rule(doc.raised.ruleId, doc.raised.title, doc.raised.techniques);
    seen.findings += 1;
    seen.matches += matchesOf(doc, context.to);
  }
  for (const doc of falseCases(journals, context)) {
    const { findings, verdictReason } = caseAt(doc, context.to);
    for (const [ruleId, { title, techniques }] of new Map(findings.map((one) => [one.ruleId, one]))) {
      const seen = rule(ruleId, title, techniques);
      seen.falsePositives += 1;
      seen.reasons = [...new Set([...seen.reasons, verdictReason])].sort();
    }
  }
  return [...rules.values()].sort(
    (a, b) => b.falsePositives - a.falsePositives || b.matches - a.matches || (a.ruleId < b.ruleId ? -1 : 1),
  );
};
