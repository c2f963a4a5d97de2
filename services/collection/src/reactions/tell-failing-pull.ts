import type { PullFailed, PullRecovered, PullRemoved, TenantState, VisibilityRequest } from '#contracts';
import type { Heard, Reaction } from '#libs/model';
import { gapIdOf } from '../domain/visibility/gap.js';

type TroubleFact = PullFailed | PullRecovered | PullRemoved;

const asked = (
  { envelope: { tenant }, message }: Heard<TroubleFact>,
  settings: TenantState | undefined,
): VisibilityRequest | undefined => {
  const { source, at } = message;
  const since = message.type === 'pull.removed' ? message.failingSince : message.since;
  if (since === null || since === undefined) return undefined;
  const gap = { kind: 'PULL_FAILING', source, assetId: '', since } as const;
  const gapId = gapIdOf(tenant, gap);
  if (message.type !== 'pull.failed') {
    const ending = message.type === 'pull.removed' ? 'NOT_EXPECTED' : 'DATA_RETURNED';
    const observedAt = ending === 'DATA_RETURNED' ? at : null;
    return { type: 'visibility.record-return', gapId, ending, observedAt, figures: [] };
  }
  const sourceKind = settings?.sources.find(({ name }) => name === source)?.kind ?? 'UNKNOWN';
  return { type: 'visibility.record-gap', gapId, ...gap, severity: 'HIGH', sourceKind, host: '', figures: [] };
};

/** A source that its vendor does not let be pulled is a gap in what is seen, until it does again. */
export const tellFailingPull: Reaction<TroubleFact, VisibilityRequest, TenantState> = {
  name: 'tell-failing-pull',
  hears: ['pull.failed', 'pull.recovered', 'pull.removed'],
  react: (heard, settings) => {
    const request = asked(heard, settings);
    return request ? [{ request }] : [];
  },
};
