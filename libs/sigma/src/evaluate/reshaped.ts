import type { Json, JsonObject } from '../json.js';
import { at, isObject } from '../sources/shared/derived.js';
import type { Reshaped } from '../sources/source.js';

/** Whether an event is of a form of its own. The kernel gives up wherever this holds (assembly/scan.ts). */
export const isReshaped = (event: JsonObject, { keys, lists, objects, texts }: Reshaped): boolean =>
  keys.some((path) => valueAt(event, path) !== undefined || (Object.hasOwn(event, path) && path.includes('.'))) ||
  lists.some((path) => Array.isArray(valueAt(event, path))) ||
  objects.some((path) => holdsObject(valueAt(event, path))) ||
  texts.some((path) => isStructured(valueAt(event, path)));

const valueAt = (event: JsonObject, path: string): Json | undefined => at(event, ...path.split('.'));

const holdsObject = (value: Json | undefined): boolean =>
  isObject(value) || (Array.isArray(value) && value.some(isObject));

/** Text that begins as XML or an object does, whatever blanks or byte order mark stand before. */
const isStructured = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^[\ufeff \t\r\n]*[<{]/.test(value);
