import type { JsonObject } from '../../json.js';
import { isTimeInZone } from './palo-alto-time.js';
import { PALO_ALTO_COLUMNS, type PaloAltoColumns } from './palo-alto-columns.js';
import { heard, named, type DeviceLine } from './sentences.js';

const MOST_VALUES = 256;

/** Values between commas; those with commas or quotes of their own stand in quotes. */
const listed = (text: string): string[] => {
  const values: string[] = [];
  for (let at = 0; at <= text.length && values.length < MOST_VALUES; ) {
    const quoted = text[at] === '"' ? /^"((?:[^"]|"")*)"(?=,|$)/.exec(text.slice(at))?.[1] : undefined;
    const comma = text.indexOf(',', quoted === undefined ? at : at + quoted.length + 2);
    const end = comma < 0 ? text.length : comma;
    values.push(quoted?.replaceAll('""', '"') ?? text.slice(at, end));
    at = end + 1;
  }
  return values;
};

const TYPE = new RegExp(`,(${Object.keys(PALO_ALTO_COLUMNS).join('|')}),`);
/** Its format's number, when it was received, the serial number. */
const TYPE_PLACE = 3;

/** When it was, with the zone: among the last values, with the clock of the time that has none. */
const timeIn = (said: readonly string[], { zonedFrom }: PaloAltoColumns): JsonObject => {
  const [, , generated = ''] = said;
  const zoned = zonedFrom === undefined ? undefined : said.slice(zonedFrom).find((one) => isTimeInZone(one, generated));
  return zoned === undefined ? {} : { high_res_timestamp: zoned };
};

const SERIAL = /^[\dA-Z]{4,32}$/;

/**
 * The names of the virtual system and of the device, behind the numbers of four groups of devices: where those are not,
 * the list is another, or a value has commas of its own.
 */
const deviceIn = (said: readonly string[], { device = [] }: PaloAltoColumns): JsonObject => {
  const place = device.find((one) => said.slice(one - 5, one - 1).every((level) => /^\d{1,10}$/.test(level)));
  return place === undefined ? {} : named(['vsys_name', 'device_name'], said.slice(place - 1, place + 1));
};

/**
 * Palo Alto's lists: traffic, threats, who has which address, who comes in, what the device itself did and who changed
 * its configuration.
 */
export const paloAlto = ({ line, plainTo }: DeviceLine): JsonObject | undefined => {
  const found = TYPE.exec(line);
  const type = found && found.index < plainTo ? (found[1] ?? '') : '';
  const columns = PALO_ALTO_COLUMNS[type];
  const values = columns ? listed(line) : [];
  const [said, serial = ''] = [values.slice(TYPE_PLACE + 1), values[TYPE_PLACE - 1]];
  if (!columns || values[TYPE_PLACE] !== type || said.length < columns.fewest) return undefined;
  const fields = {
    type,
    ...named(['subtype', '', 'generated_time'], said),
    ...timeIn(said, columns),
    ...named(columns.names, said),
    ...named(columns.from20 ?? [], said.slice(20)),
    ...deviceIn(said, columns),
    ...(SERIAL.test(serial) ? { serial_number: serial } : {}),
  };
  const told = columns.sentences ? heard(columns.sentences, said[columns.describedAt ?? 0] ?? '') : undefined;
  return { ...fields, ...columns.activity?.(said), ...told };
};
