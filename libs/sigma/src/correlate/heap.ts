/** Smallest first, in a plain array. */
export type Before<T> = (a: T, b: T) => boolean;

const swap = <T>(items: T[], a: number, b: number): void => {
  const kept = items[a] as T;
  items[a] = items[b] as T;
  items[b] = kept;
};

export const push = <T>(items: T[], item: T, before: Before<T>): void => {
  items.push(item);
  for (let child = items.length - 1; child > 0; ) {
    const parent = (child - 1) >> 1;
    if (!before(items[child] as T, items[parent] as T)) return;
    swap(items, child, parent);
    child = parent;
  }
};

export const pop = <T>(items: T[], before: Before<T>): T | undefined => {
  if (items.length === 0) return undefined;
  swap(items, 0, items.length - 1);
  const first = items.pop();
  for (let parent = 0; ; ) {
    const left = 2 * parent + 1;
    if (left >= items.length) return first;
    const right = left + 1;
    const child = right < items.length && before(items[right] as T, items[left] as T) ? right : left;
    if (!before(items[child] as T, items[parent] as T)) return first;
    swap(items, child, parent);
    parent = child;
  }
};
