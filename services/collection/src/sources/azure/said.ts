import { at, textOf } from '../json-values.js';
import type { NativeObject } from '../source.js';

/** The first text under one of the names, in the event or its properties; `{ value, localizedValue }` is its value. */
export const said = (event: NativeObject, properties: NativeObject, ...names: string[]): string | undefined => {
  for (const name of names) {
    for (const from of [event, properties]) {
      const found = textOf(at(from, name, 'value')) ?? textOf(from[name]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
};
