/** What has the same key, together, in the order of the first of each. */
export const groupedBy = <One>(list: readonly One[], keyOf: (one: One) => string): One[][] => {
  const groups = new Map<string, One[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
};
