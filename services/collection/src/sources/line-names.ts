/** Where in a shipper's JSON the line stands that is to be opened. */
import { memberOf } from '../envelope/members.js';
import { LINE_NAMES, NAMES_OF_LINES_ALONE, type LineName } from '../envelope/shippers.js';
import { isObject } from './json-values.js';
import type { NativeObject } from './source.js';

const [QUOTE, OPEN_OBJECT] = [0x22, 0x7b];
const LOOKED_AT = 64;
/** How JSON, or a line as containers print it, begins inside of a text. */
const MAY_BE_WRAPPED = /^"(?:\s|\\[nrt])*(?:[{[]|\d{4}-\d\d-\d\dT)/;

const KEYS = LINE_NAMES.map((name): [LineName, Buffer] => [name, Buffer.from(JSON.stringify(name))]);

/**
 * Where a line may stand that is to be opened: most events are not parsed for this.
 * @param said what the JSON says, where that is known.
 */
export const lineNameIn = (json: Buffer, said?: NativeObject): LineName | undefined => {
  for (const [name, key] of KEYS) {
    if (said && !Object.hasOwn(said, name)) continue;
    const value = json.includes(key) ? memberOf(json, name) : undefined;
    if (!value) continue;
    if ((name === 'line' || (name === 'json' && json.includes('"@timestamp"'))) && value[0] === OPEN_OBJECT)
      return name;
    if (value[0] !== QUOTE) continue;
    const isOpened = NAMES_OF_LINES_ALONE.has(name) || MAY_BE_WRAPPED.test(value.toString('latin1', 0, LOOKED_AT));
    return isOpened ? name : undefined;
  }
  return undefined;
};

/** Docker's driver puts a line that is JSON there as it is. */
export const textUnder = (json: Buffer, document: NativeObject, name: LineName): string | undefined => {
  const line = document[name];
  return typeof line === 'string' ? line : isObject(line) ? memberOf(json, name)?.toString('utf8') : undefined;
};
