import { arrayUnder, elements, isObjectStart } from './json-scan.js';
import { isObject } from './json-values.js';
import type { MessageForm, NativeJson } from './source.js';

/** The value that bytes are, or undefined. */
export const valueOf = (bytes: Buffer): NativeJson | undefined => {
  try {
    return JSON.parse(bytes.toString('utf8')) as NativeJson;
  } catch {
    return undefined;
  }
};

/** An event or a list of events: neither the brackets of a text nor an array of numbers. */
export const isOfEvents = (value: NativeJson | undefined): boolean =>
  Array.isArray(value) ? value.every((one) => isObject(one)) : isObject(value);

const withinKeys = (value: Buffer, keys: readonly string[]): Buffer[] => {
  for (const key of isObjectStart(value[0]) ? keys : []) {
    const array = arrayUnder(value, key);
    if (array !== -1) return elements(value, array);
  }
  return [value];
};

/** The events of a value: of an array each, of an envelope those of the array in it. */
export const eventsIn = (value: Buffer, { under = [], inner }: MessageForm, most = Infinity): Buffer[] => {
  const values = isObjectStart(value[0]) ? [value] : elements(value, 0, most);
  const events = under.length === 0 ? values : values.flatMap((one) => withinKeys(one, under));
  return inner ? events.map(inner) : events;
};
