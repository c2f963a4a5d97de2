import type { FlagCount, PieceLoss, SourceKind } from '#contracts';
import { Refused } from '#libs/model';
import { DAY_MS, flagsCounted, HOUR_MS, lossesCounted, type ToldRange, type ToldReceipts } from '#libs/terms';
import type { Visit } from '../graphql/visit.js';
import { sourceReceipts } from '../views/source-receipts.js';
import { tenants } from '../views/tenants.js';

const MOST_HOURS = 168;
const PAGE = 500;
/** A hundred sources, a week, and some partitions each. */
const MOST_PAGES = 10;

/** A range of a partition, whose examples are looked for there. */
interface PlacedRange extends ToldRange {
  partition: number;
}
type ShownLoss = Omit<PieceLoss, 'examples'> & { examples: { partition: number; offset: number; index: number }[] };

interface SourceCounts {
  messages: number;
  bytes: number;
  accepted: number;
  dead: number;
  unrecognised: number;
  flagged: FlagCount[];
  losses: ShownLoss[];
}

const countsOf = (ranges: readonly PlacedRange[]): SourceCounts => {
  const sum = (field: 'messages' | 'bytes' | 'accepted' | 'dead' | 'unrecognised'): number =>
    ranges.reduce((total, range) => total + range[field], 0);
  const losses = ranges.flatMap(({ partition, losses: some }) =>
    some.map((loss) => ({ ...loss, examples: loss.examples.map((place) => ({ partition, ...place })) })),
  );
  return {
    messages: sum('messages'),
    bytes: sum('bytes'),
    accepted: sum('accepted'),
    dead: sum('dead'),
    unrecognised: sum('unrecognised'),
    flagged: flagsCounted(ranges.flatMap(({ flags }) => flags)),
    losses: lossesCounted(losses),
  };
};

/** What became of what one source sent. */
interface ShownReceipts extends SourceCounts {
  source: string;
  kind: SourceKind | null;
  lastOccurredAt: number | null;
  hours: (SourceCounts & { from: number })[];
}

const shown = (source: string, kind: SourceKind | null, ranges: readonly PlacedRange[]): ShownReceipts => {
  const hours = [...new Set(ranges.map(({ at }) => at))].sort((a, b) => a - b);
  return {
    source,
    kind,
    ...countsOf(ranges),
    lastOccurredAt: Math.max(...ranges.map(({ lastOccurredAt }) => lastOccurredAt ?? 0), 0) || null,
    hours: hours.map((from) => ({ from, ...countsOf(ranges.filter(({ at }) => at === from)) })),
  };
};

const stretchesSince = async ({ gate }: Visit, tenant: string, from: number): Promise<ToldReceipts[]> => {
  const view = gate.read(sourceReceipts, [tenant]);
  const found: ToldReceipts[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await view.find({
      where: { since: { gte: from - (from % DAY_MS) } },
      sort: { since: -1 },
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...items.map(({ doc }) => doc));
    if (next === undefined) break;
    after = next;
  }
  return found;
};

/** Sources that are registered, or were, of one tenant: by name. @throws Refused BAD_LIMIT. */
export const receiptsOf = async (visit: Visit, tenant: string, hours: number): Promise<ShownReceipts[]> => {
  if (hours < 1 || hours > MOST_HOURS) throw new Refused(`hours is 1 to ${MOST_HOURS}`, 'BAD_LIMIT');
  const now = visit.now();
  const from = now - (now % HOUR_MS) - (hours - 1) * HOUR_MS;
  const registered = (await visit.gate.read(tenants, [tenant]).get(tenant))?.sources ?? [];
  const stretches = await stretchesSince(visit, tenant, from);
  const names = new Set([...registered.map(({ name }) => name), ...stretches.map(({ source }) => source)]);
  return [...names].sort().map((source) => {
    const ranges = stretches
      .filter((one) => one.source === source)
      .flatMap(({ partition, ranges: some }) => some.map((range) => ({ partition, ...range })))
      .filter(({ at }) => at >= from);
    return shown(source, registered.find(({ name }) => name === source)?.kind ?? null, ranges);
  });
};
