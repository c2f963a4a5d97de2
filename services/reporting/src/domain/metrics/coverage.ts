import type { TelemetrySource, TenantState } from '#contracts';
import { findAssets, NO_POSTURE, postureAfter } from '#libs/terms';
import type { HostJournal, Journals, PostureJournal } from '../journals/index.js';
import type { Period } from '../report/period.js';
import { measured, type MeasuredFigure } from './figure.js';
import { shareOf } from './statistics.js';
import { lastReceived, receivedIn } from './telemetry.js';

/**
 * Whether collection's watch found the source silent by then and saw nothing since: it alone knows what is normal at
 * which hour, and when nobody watched.
 */
const isFoundSilent = (postures: readonly PostureJournal[], source: string, at: number): boolean =>
  postures.some(({ facts: all }) => {
    const facts = all.filter((one) => one.at < at);
    const isOfSource = facts.some(
      (one) => one.type === 'posture.opened' && one.check === 'SOURCE_SILENT' && one.subject === source,
    );
    return isOfSource && facts.reduce(postureAfter, NO_POSTURE).gaps.length > 0;
  });

export interface SourceState {
  name: string;
  kind: string;
  events: number | null;
  eventsBefore: number | null;
  lastReceivedAt: number | null;
  silentAfterMinutes: number;
  isSilent: boolean;
}

/** Every expected source as it stood at the end of the period, with the period before. */
export const sourceStates = (
  { receipts, postures }: Journals,
  sources: TelemetrySource[],
  period: Period,
  before: Period,
): SourceState[] =>
  sources
    .map(({ name, kind, silentAfterMinutes }) => {
      const docs = receipts.filter(({ source }) => source === name);
      const lastReceivedAt = lastReceived(docs, period.to);
      return {
        name,
        kind,
        events: receivedIn(docs, period)?.accepted ?? null,
        eventsBefore: receivedIn(docs, before)?.accepted ?? null,
        lastReceivedAt,
        silentAfterMinutes,
        isSilent: lastReceivedAt === null || isFoundSilent(postures, name, period.to),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const hostsIn = (docs: HostJournal[], { from, to }: Period): Set<string> =>
  new Set(
    docs.flatMap(({ hosts }) => hosts.filter(({ first, last }) => first < to && last >= from).map(({ host }) => host)),
  );

/** Assets of which some name was seen in telemetry, short or full, where it surely is theirs; null when no source tells names. */
export const assetsSending = ({ hosts }: Journals, { assets }: TenantState, period: Period): string[] | null => {
  if (hosts.length === 0) return null;
  const seen = hostsIn(hosts, period);
  const sure = new Set([...seen].map((host) => findAssets(assets, [host]).sure));
  return assets
    .filter((asset) => sure.has(asset) || asset.hostnames.some((name) => seen.has(name.toLowerCase())))
    .map(({ assetId }) => assetId);
};

/** How much of what should be seen is seen. */
export const coverageFigures = (journals: Journals, period: Period, settings: TenantState): MeasuredFigure[] => {
  const sources = sourceStates(journals, settings.sources, period, period);
  const alive = sources.filter(({ isSilent }) => !isSilent).length;
  const sending = assetsSending(journals, settings, period);
  return [
    measured(
      'coverage-sources',
      'share',
      shareOf(alive, sources.length),
      ['tenant.state', 'telemetry.received', 'posture.observed'],
      ['sources', 'source', 'accepted', 'isPresent'],
    ),
    measured(
      'coverage-assets',
      'share',
      sending && shareOf(sending.length, settings.assets.length),
      ['tenant.state', 'telemetry.received'],
      ['assets.hostnames', 'hosts', 'lastOccurredAt'],
    ),
    measured('assets', 'count', settings.assets.length || null, ['tenant.state'], ['assets']),
  ];
};
