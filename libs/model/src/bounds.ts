/** At most so many characters; what was cut off is marked. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** At most so many of a list that never ends: the first, which says how it began, and the latest. */
export const firstAndLatest = <Item>(list: readonly Item[], most: number): Item[] =>
  list.length <= most ? [...list] : [...list.slice(0, 1), ...list.slice(1 - most)];

/**
 * The latest of a list, as many as fit, and at least the last. `sizeOf` gives characters or bytes, as `most.size` does.
 */
export const latestWithin = <Item>(
  list: readonly Item[],
  most: { count: number; size: number },
  sizeOf: (item: Item) => number,
): Item[] => {
  let size = 0;
  let from = list.length;
  while (from > 0 && list.length - from < most.count) {
    size += sizeOf(list[from - 1] as Item);
    if (size > most.size && from < list.length) break;
    from -= 1;
  }
  return list.slice(from);
};
