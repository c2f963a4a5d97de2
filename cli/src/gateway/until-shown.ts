import { until } from '#stack';

const EVERY_MS = 250;

/** Asks the gateway again until it shows what was awaited. @throws Fault naming what was awaited. */
export const untilShown = <T>(
  what: string,
  look: () => Promise<T | undefined | null>,
  withinMs = 120_000,
): Promise<T> => until(what, look, withinMs, { everyMs: EVERY_MS });
