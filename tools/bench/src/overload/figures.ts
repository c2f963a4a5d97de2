/** What an overload did, as far as it can be seen from outside. */

/** Milliseconds that all but a share took no longer than; undefined where nothing was measured. */
export const withinOf = (tookMs: readonly number[], share: number): number | undefined => {
  const sorted = [...tookMs].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
};

/** How long a sender waited. */
export interface Waits {
  count: number;
  p50Ms: number | undefined;
  p99Ms: number | undefined;
}

const rounded = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Math.round(ms));

export const waitsOf = (tookMs: readonly number[]): Waits => ({
  count: tookMs.length,
  p50Ms: rounded(withinOf(tookMs, 0.5)),
  p99Ms: rounded(withinOf(tookMs, 0.99)),
});

/** A range of offsets, as `GET /v1/receipts` tells it. */
export interface ShownRange {
  partition: number;
  fromOffset: number;
  accepted: number;
  dead: number;
}

/** Events that receipts show, each range once, as it was told last. */
export const shownBy = (receipts: readonly ShownRange[]): number => {
  const ranges = new Map(receipts.map((one) => [`${one.partition}/${one.fromOffset}`, one]));
  return [...ranges.values()].reduce((sum, { accepted, dead }) => sum + accepted + dead, 0);
};

/** When so many events had been acknowledged, and not yet been shown. */
export interface Acknowledged {
  /** All that were by then. */
  sum: number;
  at: number;
}

/**
 * How long those took that are shown by now, and those that are not. A look shows several at once: a wait is as exact
 * as looks are frequent.
 */
export const shownAt = (
  waiting: readonly Acknowledged[],
  shown: number,
  now: number,
): { tookMs: number[]; waiting: Acknowledged[] } => ({
  tookMs: waiting.filter(({ sum }) => sum <= shown).map(({ at }) => now - at),
  waiting: waiting.filter(({ sum }) => sum > shown),
});

/** A tenant's events, counted at both ends. */
export interface CountedEvents {
  acknowledged: number;
  shown: number;
}

/** What was acknowledged and never shown: nothing else is a loss. */
export const lostOf = ({ acknowledged, shown }: CountedEvents): number => Math.max(0, acknowledged - shown);
