/**
 * Dotted names taken apart once: mappings and rules ask for the same ones of every event, and parts made anew cost more
 * than what is looked up by them.
 */
export interface DottedName {
  /** All its parts. */
  path: readonly string[];
  /** The ways to part it in two, at each of its dots but one at its beginning. */
  splits: readonly { key: string; rest: string }[];
}

/** Of rules that come and go. */
const MOST_KEPT = 20_000;
const kept = new Map<string, DottedName>();

const takenApart = (name: string): DottedName => {
  const splits: { key: string; rest: string }[] = [];
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1))
    splits.push({ key: name.slice(0, dot), rest: name.slice(dot + 1) });
  return { path: name.split('.'), splits };
};

export const dottedName = (name: string): DottedName => {
  const known = kept.get(name);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = takenApart(name);
  kept.set(name, made);
  return made;
};
