import type { TenantState } from '#contracts';
import type { Journals } from '../journals/index.js';
import type { Period } from '../report/period.js';
import { sourceStates } from './coverage.js';
import { measured, type MeasuredFigure } from './figure.js';
import { shareOf } from './statistics.js';

export interface TechniqueCoverage {
  covered: string[];
  inScope: string[];
}

/**
 * Techniques in scope: those some rule addresses on a kind of source the tenant has registered. Covered: those for
 * which such a rule brings tests and a source of its kind is not silent at the end of the period. Null when no rules
 * are known.
 */
export const techniqueCoverage = (
  journals: Journals,
  period: Period,
  settings: TenantState,
): TechniqueCoverage | null => {
  const rules = journals.rules.flatMap((file) => file.rules);
  if (rules.length === 0) return null;
  const alive = new Set(
    sourceStates(journals, settings.sources, period, period)
      .filter(({ isSilent }) => !isSilent)
      .map(({ kind }) => kind),
  );
  const registered = new Set<string>(settings.sources.map(({ kind }) => kind));
  const inScope = rules.filter(({ kind }) => registered.has(kind));
  const covered = inScope.filter(({ kind, tested }) => tested && alive.has(kind));
  const techniques = (list: typeof rules): string[] => [...new Set(list.flatMap((rule) => rule.techniques))].sort();
  return { covered: techniques(covered), inScope: techniques(inScope) };
};

export const techniqueFigures = (journals: Journals, period: Period, settings: TenantState): MeasuredFigure[] => {
  const coverage = techniqueCoverage(journals, period, settings);
  return [
    measured(
      'coverage-techniques',
      'share',
      coverage && shareOf(coverage.covered.length, coverage.inScope.length),
      ['ruleset.loaded', 'tenant.state', 'telemetry.received'],
      ['rules', 'sources', 'accepted'],
    ),
  ];
};
