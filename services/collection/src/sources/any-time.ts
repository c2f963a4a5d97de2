import { clockAt, clockOf, dateOfPlace, epochOrWritten, zoneOf, type WrittenTime } from '#libs/sigma';
import { isZoned, textOf, timeOf, wholeOf } from './json-values.js';
import type { NativeJson, NativeObject, NormalisedEvent } from './source.js';

/**
 * Epoch ms of a time in any form that is known: as `timeOf` reads it, counted as text, or written in words (months,
 * zones, Microsoft's month/day/year). A time without a zone is read as UTC; one in a zone that is not known is none.
 */
export const anyTimeOf = (value: NativeJson | undefined): number | undefined => {
  const time = timeOf(value);
  if (time !== undefined) return time;
  const text = textOf(value);
  return text === undefined ? undefined : timeOf(epochOrWritten(text));
};

/** A time in words that leaves out the year. */
const yearlessTimeOf = (text: string | undefined): WrittenTime | undefined =>
  text === undefined ? undefined : clockOf(`${text} `, 0)?.time;

export type DeviceTime = Pick<NormalisedEvent, 'occurredAt' | 'writtenTime'>;

/**
 * When a device says that something happened: exactly where the text counts, says its zone or the zone is said beside;
 * else as a clock on its wall showed it, which is read by when it was received, and so is a date whose month may be its
 * day. Undefined for what is no time.
 * @param zone what the device says of its zone; one that is not known is none.
 */
export const deviceTimeOf = (value: NativeJson | undefined, zone?: string): DeviceTime | undefined => {
  const text = typeof value === 'number' ? undefined : textOf(value);
  if (text === undefined) return exactly(timeOf(value));
  const said = isZoned(text) ? timeOf(text) : undefined;
  if (said !== undefined) return exactly(said);
  const offset = zoneOf(zone ?? '') ?? '';
  const dated = dateOfPlace(text);
  if (dated) return { writtenTime: offset === '' ? dated : { ...dated, offsetMinutes: minutesOf(offset) } };
  const written = epochOrWritten(text) ?? text;
  const at = timeOf(written);
  if (at === undefined || isZoned(written) || written.startsWith('/Date(')) return exactly(at);
  const exact = offset === '' ? undefined : timeOf(`${written}${offset}`);
  return exactly(exact) ?? { writtenTime: clockAt(at) };
};

const exactly = (at: number | undefined): DeviceTime | undefined => (at === undefined ? undefined : { occurredAt: at });

/** Of `+05:30`. */
const minutesOf = (offset: string): number => {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
};

/** When systemd's journal got an event, microseconds of the epoch there. */
export const journalTime = ({ __REALTIME_TIMESTAMP: at }: NativeObject): number | undefined => {
  const micros = wholeOf(at);
  return micros === undefined ? undefined : timeOf(Math.round(micros / 1_000));
};

/**
 * The first of several times that is one (`deviceTimeOf`), else one that leaves out the year.
 * @param values as they are found: no more are asked for than are looked at.
 * @param zone what the device says of the zone of all of them.
 */
export const firstDeviceTime = (
  values: Iterable<NativeJson | undefined>,
  zone?: string,
  yearless?: () => string | undefined,
): DeviceTime => {
  for (const value of values) {
    const said = deviceTimeOf(value, zone);
    if (said) return said;
  }
  const written = yearlessTimeOf(yearless?.());
  return written ? { writtenTime: written } : {};
};
