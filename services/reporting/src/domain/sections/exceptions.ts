import type { Journals } from '../journals/index.js';
import type { ReportedException } from '../report/data.js';
import { excerpt, type SectionContext } from './context.js';

/**
 * Exceptions from rules that held at some time of the period, the latest first.
 * @returns undefined when there were none: reports made before exceptions say the same.
 */
export const exceptionSection = (
  { exceptions, findings }: Journals,
  { period: { from, to } }: SectionContext,
): ReportedException[] | undefined => {
  const rules = new Map(findings.flatMap(({ raised }) => (raised ? [[raised.ruleId, raised] as const] : [])));
  const held = exceptions.flatMap(
    ({ exceptionId, ruleId, owner, reason, addedAt, expiresAt, endedAt }): ReportedException[] => {
      const until = Math.min(expiresAt, endedAt !== null && endedAt < to ? endedAt : expiresAt);
      return addedAt < to && until > from
        ? [
            {
              exceptionId,
              title: excerpt(rules.get(ruleId)?.title ?? ruleId, 120),
              technique: rules.get(ruleId)?.techniques[0] ?? null,
              owner: excerpt(owner, 80),
              reason: excerpt(reason),
              since: addedAt,
              until,
            },
          ]
        : [];
    },
  );
  return held.length ? held.sort((a, b) => b.since - a.since || (a.exceptionId < b.exceptionId ? -1 : 1)) : undefined;
};
