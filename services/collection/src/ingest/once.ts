/**
 * Makes something of an object once, however often it is asked for: what stands around many events is told to each of
 * them. @param make never gives undefined.
 */
export const onceFor = <Key extends object, Made extends object>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const made = new WeakMap<Key, Made>();
  return (key) => {
    const known = made.get(key);
    if (known) return known;
    const one = make(key);
    made.set(key, one);
    return one;
  };
};
