/** Lengths of time, in milliseconds. A day has 24 hours here: what goes by a calendar asks for the time zone. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 604_800_000;

/** The hour that an instant (epoch ms) lies in, UTC: `2026-11-02T10`. */
export const hourName = (at: number): string => new Date(at).toISOString().slice(0, 13);
