import { isIP } from 'node:net';
import type { JsonObject } from '../../json.js';
import { dateOfPlace } from '../placed-date.js';
import { epochOrWritten, isoOfWritten, two } from '../written-time.js';

/** An address as it stands in patterns; whether it is one is asked of what was found. */
export const ADDRESS = String.raw`[\da-fA-F.:]{2,45}(?:%\w{1,16})?`;
/** A name and a type, which hold no blanks: those of a stranger's name are escaped, or its line is not read. */
export const NAME = String.raw`\S{1,1024}`;
export const TYPE = String.raw`[A-Z][A-Z\d-]{0,15}`;

/** What a line of a resolver's log says of a question, in the names that rules use. */
export type SaidOfDns = Readonly<
  Partial<
    Record<
      'at' | 'client' | 'port' | 'server' | 'query' | 'type' | 'answer' | 'code' | 'action' | 'about',
      string | undefined
    >
  >
>;

const NAMES: Readonly<Record<keyof SaidOfDns, string>> = {
  at: 'derived.time',
  client: 'src_ip',
  port: 'src_port',
  server: 'dst_ip',
  query: 'query',
  type: 'record_type',
  answer: 'answer',
  code: 'response_code',
  action: 'action',
  about: 'msg',
};

/** Without what is not said; undefined where a side is no address. */
export const fieldsOfDns = (said: SaidOfDns): JsonObject | undefined => {
  const fields: JsonObject = {};
  for (const [key, value] of Object.entries(said) as [keyof SaidOfDns, string | undefined][]) {
    if (value === undefined || value === '' || value === '-') continue;
    if ((key === 'client' || key === 'server') && isIP(value) === 0) return undefined;
    fields[NAMES[key]] = value;
  }
  return fields;
};

/** A log's own time as ISO 8601: counted, or written. */
export const timeOfLog = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : epochOrWritten(text);

/**
 * `28/11/2026 18:59:09`, `20261128 18:59:09`, as the settings of its machine write it: as ISO 8601, or as it is written
 * where either number may be the month, for that only shows by when it arrives.
 */
export const timeOfPlace = (date: string, clock: string, half: string): string | undefined => {
  const [a = '', b = '', c = ''] = /^\d{8}$/.test(date)
    ? [date.slice(0, 4), date.slice(4, 6), date.slice(6)]
    : date.split(/[./-]/);
  const time = clock.replaceAll('.', ':');
  if (a.length === 4) return isoOfWritten(`${a}-${b}-${c} ${time}`);
  const written = `${date} ${time}${half === '' ? '' : ` ${half}`}`;
  const read = dateOfPlace(written);
  if (read === undefined || read.isOrderOpen) return read && written;
  const { year, month, day, hours, minutes, seconds } = read;
  return isoOfWritten(`${year}-${month}-${day} ${hours}:${two(minutes)}:${two(seconds)}`);
};
