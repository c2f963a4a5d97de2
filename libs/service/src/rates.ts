/**
 * What one caller may do: `perSecond` in the long run, `burst` at once. Units are the caller's own: requests, or what
 * they cost.
 */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Callers remembered; one that is forgotten begins with a full bucket again. */
const CALLERS = 20_000;

/**
 * Token buckets by caller.
 * `take` @returns 0 when the cost was taken, else the milliseconds until it can be. A cost above the burst is taken
 * from a full bucket.
 */
export const openRates = (
  { perSecond, burst }: Rate,
  callers = CALLERS,
): { take(caller: string, cost: number, now: number): number } => {
  const buckets = new Map<string, { left: number; at: number }>();
  const levelOf = (caller: string, now: number): number => {
    const bucket = buckets.get(caller);
    return bucket ? Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1_000) * perSecond) : burst;
  };
  return {
    take: (caller, cost, now) => {
      const level = levelOf(caller, now);
      const wanted = Math.min(cost, burst);
      const left = level >= wanted ? level - wanted : level;
      // Last seen, last forgotten.
      buckets.delete(caller);
      buckets.set(caller, { left, at: now });
      for (const oldest of buckets.keys()) {
        if (buckets.size <= callers) break;
        buckets.delete(oldest);
      }
      return level >= wanted ? 0 : Math.ceil(((wanted - level) / perSecond) * 1_000 - 1e-6);
    },
  };
};
