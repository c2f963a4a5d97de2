import { isUtf8 } from 'node:buffer';
import { tooMuchIn } from '#libs/sigma';
import { arrayUnder, elements, isObjectStart } from './json-scan.js';
import { isObject } from './json-values.js';
import type { MessageForm, NativeJson, NativeObject } from './source.js';

/** The value that bytes are; undefined for what is no JSON, or costs too much to be read. */
export const valueOf = (bytes: Buffer): NativeJson | undefined => {
  if (tooMuchIn(bytes)) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as NativeJson;
  } catch {
    return undefined;
  }
};

const isOfEvents = (value: NativeJson | undefined): boolean =>
  Array.isArray(value) ? value.every((one) => isObject(one)) : isObject(value);

/** The elements of an array; any other value as it is. */
export const valuesIn = (value: Buffer, most = Infinity): Buffer[] =>
  isObjectStart(value[0]) ? [value] : elements(value, 0, most);

/** Elements that are looked at of a list which costs too much to be parsed. */
const MOST_LOOKED_AT = 1_000;

/**
 * Whether a value is an event or a list of events: neither the brackets of a text nor an array of numbers. One that
 * costs too much to be parsed is judged by how its elements begin, so that they are counted and refused as what they
 * are: as a line of text it would be one event.
 */
export const holdsEvents = (value: Buffer): boolean => {
  const parsed = valueOf(value);
  if (parsed !== undefined || !tooMuchIn(value)) return isOfEvents(parsed);
  return valuesIn(value, MOST_LOOKED_AT).every((one) => isObjectStart(one[0]));
};

/**
 * What an object on a line of its own says that costs little to parse (no more than its bytes, nor deeper than a text
 * of so many can be); undefined for any other bytes, of which it has to be found out what they are.
 */
export const lineObjectOf = (line: Buffer): NativeObject | undefined => {
  if (line.length > MOST_LINE_BYTES || !isUtf8(line)) return undefined;
  try {
    const value = JSON.parse(line.toString('utf8')) as NativeJson;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** An event has fewer members and elements than bytes, of which 30,000 are let pass (`ingest/piece.ts`). */
const MOST_LINE_BYTES = 30_000;

/**
 * The events in an envelope of its source: those of the array under one of its keys.
 * @param said what the value says, where that is known: it tells at once which names it has not.
 */
export const withinKeys = (value: Buffer, { under }: MessageForm, said?: NativeObject): Buffer[] => {
  for (const key of under && isObjectStart(value[0]) ? under : []) {
    if (said && !Object.hasOwn(said, key)) continue;
    const array = arrayUnder(value, key);
    if (array !== -1) return elements(value, array);
  }
  return [value];
};

/** The events of a value: of an array each, of an envelope those of the array in it. */
export const eventsIn = (value: Buffer, form: MessageForm): Buffer[] =>
  valuesIn(value).flatMap((one) => withinKeys(one, form));
