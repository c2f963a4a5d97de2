import type { JsonObject } from '../json.js';
import { cefOf } from './cef.js';
import { bind, cisco, paloAlto, pfSense } from './devices.js';
import { leefOf } from './leef.js';
import { namedValues } from './named-values.js';
import { readSyslogHeader } from './syslog-header.js';

/**
 * Fields of a log line as devices write it: CEF, LEEF, Palo Alto's and pfSense's lists, Cisco's sentences, BIND's
 * queries, `name=value`. Undefined for any other text.
 */
export const fieldsOfText = (text: string): JsonObject | undefined => {
  const line = text.slice(0, LONGEST);
  for (const read of READERS) {
    const fields = read(line);
    if (fields !== undefined) return fields;
  }
  return undefined;
};

const LONGEST = 16_384;
const named = (line: string): JsonObject | undefined =>
  line.includes('=') ? withSides(namedValues(line.slice(readSyslogHeader(line)?.end ?? 0))) : undefined;

const SIDE = /^(?:\[([\da-f:]+)\]|(\d{1,3}(?:\.\d{1,3}){3})):(\d{1,5})(?:[:\s]|$)/i;

/** `src=10.0.0.7:53:X3:HOST`, as SonicWall and Meraki write the sides of the traffic, has an address and a port. */
const withSides = (fields: JsonObject | undefined): JsonObject | undefined => {
  for (const side of ['src', 'dst'] as const) {
    const text = fields?.[side];
    const [, ip6, ip = ip6, port] = typeof text === 'string' ? (SIDE.exec(text) ?? []) : [];
    if (fields && ip !== undefined && port !== undefined)
      for (const [name, value] of [
        [`${side}_ip`, ip],
        [`${side}_port`, port],
      ] as const)
        fields[name] ??= value;
  }
  return fields;
};
const READERS = [cefOf, leefOf, paloAlto, pfSense, cisco, bind, named];
