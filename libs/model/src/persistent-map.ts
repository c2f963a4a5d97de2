/**
 * A map from names whose older states stay as they were: a change copies a few short lists, however many there are.
 * Plain data, so that a state that holds it is kept and read back as any other. Its order is that of hashes.
 */
export interface PersistentMap<T> {
  readonly size: number;
  readonly root: MapLeaf<T> | MapBranch<T>;
}
interface MapLeaf<T> {
  readonly keys: readonly string[];
  readonly values: readonly T[];
}
interface MapBranch<T> {
  readonly of: readonly (MapLeaf<T> | MapBranch<T>)[];
}

const BITS = 5;
const WIDTH = 1 << BITS;
/** In a leaf, unless hashes are used up. */
const MOST_IN_LEAF = 8;
const DEEPEST = 30;

const NONE: MapLeaf<never> = { keys: [], values: [] };
const EMPTY: PersistentMap<never> = { size: 0, root: NONE };

export const emptyMap = <T>(): PersistentMap<T> => EMPTY;

/** FNV-1a over UTF-16 units. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};
const placeIn = (hash: number, depth: number): number => (hash >>> depth) & (WIDTH - 1);

const isBranch = <T>(node: MapLeaf<T> | MapBranch<T>): node is MapBranch<T> => 'of' in node;

const replaced = <T>(list: readonly T[], index: number, one: T): T[] => {
  const copy = list.slice();
  copy[index] = one;
  return copy;
};

const split = <T>({ keys, values }: MapLeaf<T>, depth: number): MapBranch<T> => {
  const leaves = Array.from({ length: WIDTH }, (): MapLeaf<T> => NONE);
  keys.forEach((key, index) => {
    const place = placeIn(hashOf(key), depth);
    const leaf = leaves[place] ?? NONE;
    leaves[place] = { keys: [...leaf.keys, key], values: [...leaf.values, values[index] as T] };
  });
  return { of: leaves };
};

const put = <T>(
  node: MapLeaf<T> | MapBranch<T>,
  key: string,
  value: T,
  hash: number,
  depth: number,
): MapLeaf<T> | MapBranch<T> => {
  if (isBranch(node)) {
    const place = placeIn(hash, depth);
    return { of: replaced(node.of, place, put(node.of[place] ?? NONE, key, value, hash, depth + BITS)) };
  }
  const index = node.keys.indexOf(key);
  if (index >= 0) return { keys: node.keys, values: replaced(node.values, index, value) };
  const leaf = { keys: [...node.keys, key], values: [...node.values, value] };
  return leaf.keys.length > MOST_IN_LEAF && depth < DEEPEST ? split(leaf, depth) : leaf;
};

const cut = <T>(
  node: MapLeaf<T> | MapBranch<T>,
  key: string,
  hash: number,
  depth: number,
): MapLeaf<T> | MapBranch<T> => {
  if (isBranch(node)) {
    const place = placeIn(hash, depth);
    return { of: replaced(node.of, place, cut(node.of[place] ?? NONE, key, hash, depth + BITS)) };
  }
  const index = node.keys.indexOf(key);
  if (node.keys.length === 1) return NONE;
  return { keys: node.keys.toSpliced(index, 1), values: node.values.toSpliced(index, 1) };
};

const leafOf = <T>({ root }: PersistentMap<T>, key: string): MapLeaf<T> => {
  const hash = hashOf(key);
  let node = root;
  for (let depth = 0; isBranch(node); depth += BITS) node = node.of[placeIn(hash, depth)] ?? NONE;
  return node;
};

export const hasIn = <T>(map: PersistentMap<T>, key: string): boolean => leafOf(map, key).keys.includes(key);

export const valueIn = <T>(map: PersistentMap<T>, key: string): T | undefined => {
  const { keys, values } = leafOf(map, key);
  return values[keys.indexOf(key)];
};

export const withValue = <T>(map: PersistentMap<T>, key: string, value: T): PersistentMap<T> => ({
  size: map.size + (hasIn(map, key) ? 0 : 1),
  root: put(map.root, key, value, hashOf(key), 0),
});

export const withoutValue = <T>(map: PersistentMap<T>, key: string): PersistentMap<T> =>
  hasIn(map, key) ? { size: map.size - 1, root: cut(map.root, key, hashOf(key), 0) } : map;

export const valuesIn = <T>({ root }: PersistentMap<T>): T[] => {
  const found: T[] = [];
  const walk = (node: MapLeaf<T> | MapBranch<T>): void => {
    if (isBranch(node)) for (const one of node.of) walk(one);
    else found.push(...node.values);
  };
  walk(root);
  return found;
};
