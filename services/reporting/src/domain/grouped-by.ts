/** What has the same key, by that key, in the order of the first of each. */
export const groupsBy = <One>(list: readonly One[], keyOf: (one: One) => string): ReadonlyMap<string, One[]> => {
  const groups = new Map<string, One[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
};

/** The same without the keys. */
export const groupedBy = <One>(list: readonly One[], keyOf: (one: One) => string): One[][] => [
  ...groupsBy(list, keyOf).values(),
];
