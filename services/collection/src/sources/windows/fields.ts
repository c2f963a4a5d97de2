import { windowsEvent, type JsonObject } from '#libs/sigma';
import type { NativeJson, NativeObject } from '../source.js';
import { textOf } from '../json-values.js';

/** Fields by name, however an event was shipped. */
export type WindowsFields = NativeObject;

/** A Windows event as rules read it, too: what the event log says of it apart from what it says itself. */
export interface WindowsRecord {
  system: WindowsFields;
  /** Its data, and for flat events all of its members. */
  fields: WindowsFields;
  isFlat: boolean;
  /** What another agent's record is about (`endpoint-classes.ts`); of events of the log nothing. */
  category?: string;
}

/** Reads an event in any of the forms that `libs/sigma` knows. */
export const recordOf = (event: NativeObject): WindowsRecord => {
  // Parsed JSON holds no undefined members.
  const { system, data, isFlat, category } = windowsEvent(event as JsonObject);
  if (!isFlat) return { system, fields: data, isFlat, ...(category === undefined ? {} : { category }) };
  return { system, fields: Object.keys(data).length === 0 ? event : { ...event, ...data }, isFlat };
};

/** The first text of a value: a field met more than once has a list. */
const said = (value: NativeJson | undefined): string | undefined => {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return textOf(value);
  for (const one of value) {
    const text = textOf(one);
    if (text !== undefined) return text;
  }
  return undefined;
};

/** First of these fields that says something. */
export const first = (fields: WindowsFields, ...names: string[]): string | undefined => {
  for (const name of names) {
    const text = said(fields[name]);
    if (text !== undefined) return text;
  }
  return undefined;
};
