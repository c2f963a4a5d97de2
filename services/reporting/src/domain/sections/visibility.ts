import type { Journals } from '../journals/index.js';
import { assetsSending, sourceStates } from '../metrics/coverage.js';
import { huntsIn } from '../metrics/hunting.js';
import { techniqueCoverage } from '../metrics/techniques.js';
import { isIn } from '../report/period.js';
import type { PostureItem, ReportData } from '../report/data.js';
import { excerpt, type SectionContext } from './context.js';

export const huntSection = ({ hunts }: Journals, { period }: SectionContext): ReportData['hunts'] =>
  huntsIn(hunts, period).map(({ huntId, hypothesis, technique, scope, finished }) => ({
    huntId,
    hypothesis: excerpt(hypothesis),
    technique,
    scope,
    scanned: finished.scanned,
    rows: finished.rows,
    elapsedMs: finished.elapsedMs,
    failure: finished.failure,
    at: finished.at,
  }));

type Visibility = Pick<ReportData, 'sources' | 'assets' | 'techniques' | 'posture'>;

const postureOf = ({ sources, assets }: Omit<Visibility, 'posture'>, uncovered: string[]): PostureItem[] => {
  const silent = sources.filter(({ isSilent }) => isSilent).map(({ name }) => name);
  const unseen = assets.sending === null ? 0 : assets.known - assets.sending;
  return [
    ...(silent.length
      ? [{ kind: 'SOURCE_SILENT' as const, severity: 'HIGH' as const, subjects: silent, count: silent.length }]
      : []),
    ...(unseen
      ? [{ kind: 'ASSETS_UNSEEN' as const, severity: 'MEDIUM' as const, subjects: assets.unseen, count: unseen }]
      : []),
    ...(uncovered.length
      ? [
          {
            kind: 'TECHNIQUES_UNCOVERED' as const,
            severity: 'LOW' as const,
            subjects: uncovered.slice(0, 12),
            count: uncovered.length,
          },
        ]
      : []),
  ];
};

/** What is seen and what is not: sources, assets, techniques; each gap is a posture item. */
export const visibilitySection = (journals: Journals, { period, before, settings }: SectionContext): Visibility => {
  const sources = sourceStates(journals, settings.sources, period, before);
  const sending = assetsSending(journals, settings, period);
  const unseen = sending
    ? settings.assets
        .filter(({ assetId }) => !sending.includes(assetId))
        .map(({ assetId, hostnames }) => hostnames[0] ?? assetId)
    : [];
  const coverage = techniqueCoverage(journals, period, settings);
  const seen = journals.findings.flatMap(({ raised }) =>
    raised && isIn(raised.detectedAt, period) ? raised.techniques : [],
  );
  const visibility = {
    sources,
    assets: { known: settings.assets.length, sending: sending?.length ?? null, unseen: unseen.sort().slice(0, 30) },
    techniques: coverage && {
      inScope: coverage.inScope.length,
      covered: coverage.covered.length,
      seen: [...new Set(seen)].sort().slice(0, 40),
    },
  };
  const uncovered = coverage ? coverage.inScope.filter((technique) => !coverage.covered.includes(technique)) : [];
  return { ...visibility, posture: postureOf(visibility, uncovered) };
};
