/**
 * What is registered, by name. A list of some ten thousand things is indexed once: that of a list in which a few were
 * put in place of others is made of the index before, which stays as it was.
 */
import { foldName } from './names.js';

/** How things are called. */
export interface CalledBy<Thing> {
  namesOf(thing: Thing): readonly string[];
  /** @param name folded. @returns it without its domain. */
  short(name: string): string;
}

type ByName<Thing> = Map<string, readonly Thing[]>;
/** Later ones lie over the others, which are shared with the indexes before. */
interface Layers<Thing> {
  base: ByName<Thing>;
  over: ByName<Thing>;
}
/** By name as it is, and by name without domain. */
export interface NameIndex<Thing> {
  exact: Layers<Thing>;
  short: Layers<Thing>;
}

/** Names that lie over the others: with more of them the two become one. */
const MOST_OVER = 2_000;
const NOBODY: readonly never[] = [];

export const called = <Thing>({ base, over }: Layers<Thing>, name: string): readonly Thing[] =>
  over.get(name) ?? base.get(name) ?? NOBODY;

const keysOf = <Thing>({ namesOf, short }: CalledBy<Thing>, thing: Thing): Record<keyof NameIndex<Thing>, string[]> => {
  const exact = namesOf(thing).map(foldName);
  return { exact, short: exact.map(short) };
};

const KINDS = ['exact', 'short'] as const;

/** One list for all names of a thing that no other has. Lists of more are this index's own only while it is built. */
const add = <Thing>(index: NameIndex<Thing>, naming: CalledBy<Thing>, thing: Thing, to: 'base' | 'over'): void => {
  const alone: readonly Thing[] = [thing];
  const keys = keysOf(naming, thing);
  for (const kind of KINDS)
    for (const key of keys[kind]) {
      const known = called(index[kind], key);
      if (known.length === 0) index[kind][to].set(key, alone);
      else if (known.at(-1) === thing) continue;
      else if (to === 'base' && known.length > 1) (known as Thing[]).push(thing);
      else index[kind][to].set(key, [...known, thing]);
    }
};

const take = <Thing>(index: NameIndex<Thing>, naming: CalledBy<Thing>, thing: Thing): void => {
  const keys = keysOf(naming, thing);
  for (const kind of KINDS)
    for (const key of keys[kind])
      index[kind].over.set(
        key,
        called(index[kind], key).filter((one) => one !== thing),
      );
};

const merged = <Thing>({ base, over }: Layers<Thing>): ByName<Thing> => {
  const all = new Map(base);
  for (const [name, things] of over)
    if (things.length > 0) all.set(name, things);
    else all.delete(name);
  return all;
};

const copied = <Thing>(layers: Layers<Thing>): Layers<Thing> =>
  layers.over.size > MOST_OVER
    ? { base: merged(layers), over: new Map() }
    : { base: layers.base, over: new Map(layers.over) };

/** Indexes of lists: each made once, as a list stays the same object until it changes. */
export const nameIndexes = <Thing extends object>(naming: CalledBy<Thing>) => {
  const made = new WeakMap<readonly Thing[], NameIndex<Thing>>();
  return {
    of: (things: readonly Thing[]): NameIndex<Thing> => {
      const known = made.get(things);
      if (known) return known;
      const layers = (): Layers<Thing> => ({ base: new Map(), over: new Map() });
      const index: NameIndex<Thing> = { exact: layers(), short: layers() };
      for (const thing of things) add(index, naming, thing, 'base');
      made.set(things, index);
      return index;
    },
    /**
     * Tells of a list what it has that another has not, and the other way about. Where that one was asked for names,
     * the index of this one is made of its index.
     */
    replaced: (before: readonly Thing[], after: readonly Thing[], gone: readonly Thing[], come: readonly Thing[]) => {
      const known = made.get(before);
      if (!known || made.has(after)) return;
      const index: NameIndex<Thing> = { exact: copied(known.exact), short: copied(known.short) };
      for (const thing of gone) take(index, naming, thing);
      for (const thing of come) add(index, naming, thing, 'over');
      made.set(after, index);
    },
  };
};
