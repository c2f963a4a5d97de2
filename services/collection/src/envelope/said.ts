import type { NativeJson } from '../sources/source.js';

/** No tool that sends telemetry is older; zeros and ones of a clock that is not set lie in 1970. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** A time that telemetry can have, epoch ms; undefined for any other. */
export const possible = (ms: number): number | undefined =>
  Number.isFinite(ms) && ms >= EARLIEST && ms < LATEST ? Math.round(ms) : undefined;

const NUMBER = /^-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?$/i;

/** Numbers that are too large for seconds, and how many of them a second has. */
const FINER = [
  [1e17, 1e9],
  [1e14, 1e6],
  [1e11, 1e3],
] as const;

/** Epoch seconds, as senders write them: also as text, also milli-, micro- or nanoseconds; NaN for no number. */
export const secondsOf = (time: NativeJson): number => {
  if (typeof time === 'string' && !NUMBER.test(time.trim())) return Number.NaN;
  if (typeof time !== 'number' && typeof time !== 'string') return Number.NaN;
  const number = Number(time);
  for (const [least, ofASecond] of FINER) if (number >= least) return number / ofASecond;
  return number;
};

const LONGEST_HOST = 255;
/** Names that every machine has for itself. */
const NOBODY = /^(?:localhost(?:\..*)?|127\.0\.0\.1|::1|unknown|0\.0\.0\.0|-)$/i;

/** With a port it is whom a client spoke to. */
const WITH_PORT = /^[^:]+:\d{1,5}$/;

/** The name of a host as a protocol says it; undefined for what names none. */
export const hostOf = (value: NativeJson | undefined): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const name = value.trim();
  if (name === '' || name.length > LONGEST_HOST || /[\s\p{C}]/u.test(name) || NOBODY.test(name) || WITH_PORT.test(name))
    return undefined;
  return name;
};
