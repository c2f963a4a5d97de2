/**
 * Flat events, read from their bytes: nothing is parsed but the values a host atom asks for. An event is flat when no
 * key of it could hold fields of its own; the scanner gives up on any other, which is then parsed.
 */
import { holds, type Reader } from '../match/reader.js';
import { parseEvent } from '../match/event-view.js';
import { logsourcesIn } from '../match/logsources.js';
import type { Json, JsonObject, Logsource, SourceMapping } from '../types.js';
import type { Arena } from './arena.js';
import { foldValue, valueAt } from './folding.js';
import type { KeywordFilter } from './keyword-filter.js';
import { Names } from './names.js';
import { HAS_TEXT, IS_EMPTY, IS_PRESENT } from './partition.js';
import { Plan, Routes, type Route } from './route.js';
import { NULL } from './image/layout.js';
import { Scanner } from './scanner.js';

const NO_MAPPING = {
  containers: [],
  withoutSpaces: false,
  anyCase: false,
  selectors: [],
  logsources: [],
  aliases: [],
  entity: [],
} as const satisfies SourceMapping;
const NOWHERE: readonly Logsource[] = [];

export class FlatEvents implements Reader {
  private native: Uint8Array = new Uint8Array(0);
  route: Route = { logsources: NOWHERE, plan: new Plan([], () => -1) };
  private readonly mapping: SourceMapping;
  private readonly names: Names;
  private readonly scanner: Scanner;
  private readonly selectors: Int32Array[];
  private readonly routes = new Routes();
  private readonly plans = new Map<string, Plan>();
  private key = new Uint8Array(1 << 10);

  /** Undefined for mappings whose names cannot be told from bytes alone. */
  static of(mapping: SourceMapping | undefined, fields: Iterable<string>): FlatEvents | undefined {
    return mapping && !isSimple(mapping)
      ? undefined
      : new FlatEvents(mapping ?? NO_MAPPING, fields, mapping !== undefined);
  }

  private constructor(
    mapping: SourceMapping,
    fields: Iterable<string>,
    readonly hasMapping: boolean,
  ) {
    this.mapping = mapping;
    this.names = new Names(namesOf(mapping, fields), mapping.withoutSpaces);
    this.scanner = new Scanner(this.names);
    const unconditional = new Plan(
      mapping.aliases.filter(({ when }) => Object.keys(when).length === 0),
      (name) => this.names.idOf(name),
    );
    this.selectors = mapping.selectors.map((name) => unconditional.chainOf(name));
  }

  /** False when certainly no value holds one of the keywords. */
  mayHoldKeywords(filter: KeywordFilter): boolean {
    return this.scanner.isUnusual || filter.mayHold(this.scanner.line);
  }

  /** Reads an event; false when it is not flat. */
  show(native: Uint8Array): boolean {
    this.native = native;
    if (!this.scanner.scan(native)) return false;
    this.route = this.findRoute();
    return true;
  }

  private findRoute(): Route {
    const length = this.writeKey();
    let hash = length;
    for (let i = 0; i < length; i++) hash = (Math.imul(hash, 31) + this.key[i]!) | 0;
    const known = this.routes.find(this.key, length, hash);
    if (known) return known;
    const route = this.computeRoute();
    this.routes.keep(this.key, length, hash, route);
    return route;
  }

  /** The selectors' values one after the other: which name gave it, of what kind it is, how long it is, its bytes. */
  private writeKey(): number {
    let top = 0;
    for (const chain of this.selectors) {
      const place = this.placeIn(chain);
      if (place < 0) {
        this.key[top++] = 255;
        continue;
      }
      const name = chain[place]!;
      const { start, end, flags } = this.scanner;
      const length = end[name]! - start[name]!;
      this.makeRoom(top + length + 16 + 6 * this.selectors.length);
      this.key[top++] = place;
      this.key[top++] = flags[name]!;
      for (let shift = 24; shift >= 0; shift -= 8) this.key[top++] = length >>> shift;
      for (let at = start[name]!; at < end[name]!; at++) this.key[top++] = this.scanner.line.bytes[at]!;
    }
    return top;
  }

  private makeRoom(length: number): void {
    if (length <= this.key.length) return;
    const larger = new Uint8Array(2 * length);
    larger.set(this.key);
    this.key = larger;
  }

  /** What the plain evaluator says of an event with these selectors. */
  private computeRoute(): Route {
    const own = (name: string): Json | undefined => this.valueOf(this.names.idOf(name));
    const groups = this.mapping.aliases.filter(({ when }) => holds(when, own));
    const key = groups.map((group) => this.mapping.aliases.indexOf(group)).join();
    const plan = this.plans.get(key) ?? new Plan(groups, (name) => this.names.idOf(name));
    this.plans.set(key, plan);
    const find = (name: string): Json | undefined => this.valueIn(plan.chainOf(name));
    return { plan, logsources: this.hasMapping ? logsourcesIn(this.mapping, { find, roots: () => [] }) : NOWHERE };
  }

  private placeIn(chain: Int32Array): number {
    const { stamp, generation } = this.scanner;
    for (let place = 0; place < chain.length; place++) if (stamp[chain[place]!] === generation) return place;
    return -1;
  }

  private valueOf(name: number): Json | undefined {
    const { stamp, start, end, flags, generation } = this.scanner;
    return name < 0 || stamp[name] !== generation
      ? undefined
      : valueAt(this.scanner.line, start[name]!, end[name]!, flags[name]!);
  }

  private valueIn(chain: Int32Array): Json | undefined {
    const place = this.placeIn(chain);
    return place < 0 ? undefined : this.valueOf(chain[place]!);
  }

  find(name: string): Json | undefined {
    return this.valueIn(this.route.plan.chainOf(name));
  }

  roots(): JsonObject[] {
    return [parseEvent(this.native)];
  }

  /** What a field is (as partitions want to know it), its text put into the arena; -1 for text that has no UTF-8. */
  read(chain: Int32Array, arena: Arena, wantsText: boolean): number {
    const place = this.placeIn(chain);
    if (place < 0) return IS_EMPTY;
    const name = chain[place]!;
    const { start, end, flags } = this.scanner;
    if ((flags[name]! & NULL) !== 0) return IS_PRESENT | IS_EMPTY;
    return wantsText && !foldValue(this.scanner.line, start[name]!, end[name]!, flags[name]!, arena)
      ? -1
      : IS_PRESENT | HAS_TEXT;
  }
}

/** True when the selectors' own values decide about everything that depends on the event. */
const isSimple = ({ anyCase, derives, selectors, aliases }: SourceMapping): boolean =>
  !anyCase &&
  derives === undefined &&
  aliases.every(({ when }) => Object.keys(when).every((field) => selectors.includes(field))) &&
  aliases.every(
    ({ when, fields }) => Object.keys(when).length === 0 || selectors.every((field) => !Object.hasOwn(fields, field)),
  );

/**
 * Every name that can matter: of fields and of those that stand for them, parts of dotted names, elements with
 * attributes, containers.
 */
const namesOf = (mapping: SourceMapping, fields: Iterable<string>): Map<string, boolean> => {
  const asked = new Set([
    ...fields,
    ...mapping.selectors,
    ...mapping.aliases.flatMap(({ when, fields: names }) => [
      ...Object.keys(when),
      ...Object.keys(names),
      ...Object.values(names).flat(),
    ]),
  ]);
  const names = new Map<string, boolean>();
  for (const name of asked) {
    names.set(name, false);
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) names.set(name.slice(0, dot), false);
    if (name.indexOf('_') > 0) names.set(name.slice(0, name.indexOf('_')), false);
  }
  for (const path of mapping.containers) names.set(path.split('.')[0] ?? '', true);
  return names;
};
