/** A body may pause this long before its rate counts. */
export const GRACE_MS = 10_000;
/** Bytes a second, on the wire and on the average since it began. */
export const SLOWEST = 1_024;

/** Whether a sender is too slow. @param elapsedMs since the body began. */
export const isTooSlow = (elapsedMs: number, bytes: number): boolean =>
  elapsedMs > GRACE_MS && bytes < ((elapsedMs - GRACE_MS) / 1_000) * SLOWEST;
