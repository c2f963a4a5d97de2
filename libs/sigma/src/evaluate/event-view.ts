import { BadEvent } from '../errors.js';
import { Searches } from './searches.js';
import type { Json, JsonObject } from '../types.js';
import { Grams } from './grams.js';
import type { Reader } from './reader.js';
import { fold, FORMS, textOf } from './text.js';

/** One field of the event at hand: looked up once, its texts prepared on demand and kept until the next event. */
export class Cell {
  /** The event this was read for; another number means "not yet". */
  event = 0;
  present = false;
  /** Absent, null, or a list with nothing in it. */
  empty = true;
  values: Json[] = [];
  private readonly forms: (string[] | undefined)[] = new Array<string[] | undefined>(FORMS);

  private readonly held: ({ event: number; grams: Grams } | undefined)[] = new Array<undefined>(FORMS);

  constructor(readonly name: string) {}

  fill(event: number, found: Json | undefined): void {
    this.event = event;
    this.forms.fill(undefined);
    this.present = found !== undefined;
    this.values = found === undefined || found === null ? [] : Array.isArray(found) ? flat(found) : [found];
    this.empty = this.values.length === 0 || this.values.includes(null);
  }

  /** The field's texts, folded as the form says; nothing for null. */
  texts(form: number): readonly string[] {
    return (this.forms[form] ??= this.values
      .filter((value) => value !== null)
      .map((value) => fold(textOf(value), form)));
  }

  /** The runs of three characters in those texts. */
  grams(form: number): Grams {
    const held = (this.held[form] ??= { event: 0, grams: new Grams() });
    if (held.event !== this.event) {
      held.grams.fill(this.texts(form));
      held.event = this.event;
    }
    return held.grams;
  }
}

const flat = (list: Json[]): Json[] =>
  list.some((value) => Array.isArray(value))
    ? list.flatMap((value) => (Array.isArray(value) ? flat(value) : [value]))
    : list;

export type KeywordText = { path: string; text: string };

const MAX_DEPTH = 64;

/** The event being matched. One view serves a whole rule set: `show` puts the next event in front of it. */
export class EventView {
  private event = 0;
  private reader: Reader | undefined;
  private readonly slots = new Map<string, Cell>();
  private leaves: KeywordText[] | undefined;
  private keywordForms: (string[] | undefined)[] = [];

  constructor(readonly searches = new Searches()) {}

  show(reader: Reader): void {
    this.event++;
    this.reader = reader;
    this.leaves = undefined;
    this.keywordForms = [];
  }

  /** The cell of a field name, the same one for ever: made while rules are linked. */
  slot(name: string): Cell {
    let cell = this.slots.get(name);
    if (!cell) {
      cell = new Cell(name);
      this.slots.set(name, cell);
    }
    return cell;
  }

  /** The same cell, read for the event at hand. */
  current(cell: Cell): Cell {
    if (cell.event !== this.event) cell.fill(this.event, this.reader?.find(cell.name));
    return cell;
  }

  /** Every scalar of the event with its path, for keywords. */
  keywords(): readonly KeywordText[] {
    if (!this.leaves) {
      this.leaves = [];
      for (const value of this.reader?.roots() ?? []) collect(value, '', this.leaves, 0);
    }
    return this.leaves;
  }

  keywordTexts(form: number): readonly string[] {
    return (this.keywordForms[form] ??= this.keywords().map(({ text }) => fold(text, form)));
  }
}

const collect = (value: Json, path: string, into: KeywordText[], depth: number): void => {
  if (value === null || depth > MAX_DEPTH) return;
  if (typeof value !== 'object') return void into.push({ path, text: String(value) });
  for (const [key, child] of Object.entries(value))
    collect(child, Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`, into, depth + 1);
};

const decoder = new TextDecoder('utf-8', { ignoreBOM: false });

/** The event's JSON, parsed once. Throws BadEvent. */
export const parseEvent = (native: Uint8Array): JsonObject => {
  let value: Json;
  try {
    value = JSON.parse(decoder.decode(native)) as Json;
  } catch (error) {
    throw new BadEvent(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadEvent('an event must be one JSON object');
  return value;
};
