import type { JsonObject } from '../json.js';
import { cefOf } from './cef.js';
import { bind, cisco, paloAlto, pfSense } from './devices.js';
import { headed } from './header.js';
import { leefOf } from './leef.js';
import { namedValues } from './named-values.js';

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
const named = (line: string): JsonObject | undefined => namedValues(headed(line).text);
const READERS = [cefOf, leefOf, paloAlto, pfSense, cisco, bind, named];
