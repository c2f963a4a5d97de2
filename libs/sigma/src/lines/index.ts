import type { JsonObject } from '../json.js';
import { cefOf } from './cef.js';
import { DEVICES } from './devices/index.js';
import { plainUpTo } from './devices/sentences.js';
import { dnsOf } from './dns/index.js';
import { leefOf } from './leef.js';
import { namedValues } from './named-values.js';
import { structuredFields } from './structured-fields.js';
import { readSyslogHeader } from './syslog-header.js';
import { vpcFlow } from './vpc-flow.js';

/**
 * Fields of a log line as devices write it: CEF, LEEF, flow records of AWS, lists and sentences of vendors
 * (`devices/`), questions to resolvers, structured data, `name=value`. Undefined for any other text.
 */
export const fieldsOfText = (text: string): JsonObject | undefined => {
  const line = text.slice(0, LONGEST);
  for (const read of RECORDS) {
    const fields = read(line);
    if (fields !== undefined) return fields;
  }
  const header = readSyslogHeader(line);
  const from = header?.end ?? 0;
  const said = { line, from, app: header?.app, plainTo: plainUpTo(line, from) };
  for (const read of DEVICES) {
    const fields = read(said);
    if (fields !== undefined) return withSides(fields);
  }
  return dnsOf(line.slice(from)) ?? named(line, from) ?? structuredFields(line, header);
};

const LONGEST = 16_384;
const named = (line: string, from: number): JsonObject | undefined =>
  line.includes('=') ? withSides(namedValues(line.slice(from))) : undefined;

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
const RECORDS = [cefOf, leefOf, vpcFlow];
