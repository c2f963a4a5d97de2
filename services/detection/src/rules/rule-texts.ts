import { createHash } from 'node:crypto';
import type { RuleSet, RuleSource } from '#libs/sigma';

/** The files that the rules of a set came from. */
export interface RuleTexts {
  /** The file a rule came from. */
  sourceOf(ruleId: string): RuleSource | undefined;
  /**
   * Ids of all that decides what a rule's findings are: its own, of a correlation those it rests on; and the same of
   * every correlation that names it, for then it may only feed.
   */
  relatedTo(ruleId: string): string[];
  /** Files of these rules and of the filters they may be under, in the order of the set; none when it has no such. */
  filesOf(ruleIds: Iterable<string>): RuleSource[];
  /** Files of all that decides what a rule's findings are. */
  sourcesOf(ruleId: string): RuleSource[];
  /** Of a rule's file and what was put in for its placeholders: 16 hexadecimal digits; none for what has no file. */
  versionOf(ruleId: string): string | undefined;
  /** Files of rules that wait for placeholders which are all among these, and of the filters they may be under. */
  waitingFor(names: ReadonlySet<string>): { ruleIds: ReadonlySet<string>; sources: RuleSource[] };
}

const hashOf = (text: string, placeholders: Record<string, string[]>): string => {
  const hash = createHash('sha256').update(text);
  for (const entry of Object.entries(placeholders).sort()) hash.update(JSON.stringify(entry));
  return hash.digest('hex').slice(0, 16);
};

/** Ids of the correlations that name a rule, or another correlation. */
const namersIn = ({ correlations }: RuleSet): Map<string, string[]> => {
  const namers = new Map<string, string[]>();
  for (const { id, rules } of correlations)
    for (const one of new Set(rules)) namers.set(one, [...(namers.get(one) ?? []), id]);
  return namers;
};

/** Files by path, those of rules and of filters; filters are few and hardly ever name a rule of their own file. */
export const ruleTexts = (
  set: RuleSet,
  sources: readonly RuleSource[],
  placeholders: Record<string, string[]>,
): RuleTexts => {
  const files = new Map(sources.map((source) => [source.path, source]));
  const byId = new Map([...set.rules, ...set.correlations].map(({ id, file }) => [id, files.get(file)]));
  const filters = sources.filter(({ text }) => /^filter:/m.test(text));
  const under = new Map(set.correlations.map(({ id, rules }) => [id, rules]));
  const namers = namersIn(set);
  const versions = new Map<RuleSource, string>();
  const all = (id: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(id)) (under.get(id) ?? []).forEach((one) => all(one, seen.add(id)));
    return seen.add(id);
  };
  const relatedTo = (ruleId: string): string[] => [
    ...new Set([ruleId, ...(namers.get(ruleId) ?? [])].flatMap((id) => [...all(id)])),
  ];
  const filesOf = (ruleIds: Iterable<string>): RuleSource[] => {
    const wanted = new Set([...ruleIds].flatMap((id) => byId.get(id) ?? []));
    if (wanted.size === 0) return [];
    filters.forEach((source) => wanted.add(source));
    return sources.filter((source) => wanted.has(source));
  };
  return {
    sourceOf: (ruleId) => byId.get(ruleId),
    relatedTo,
    filesOf,
    sourcesOf: (ruleId) => filesOf(relatedTo(ruleId)),
    versionOf: (ruleId) => {
      const source = byId.get(ruleId);
      if (source && !versions.has(source)) versions.set(source, hashOf(source.text, placeholders));
      return source && versions.get(source);
    },
    waitingFor: (names) => {
      const waiting = set.rules.filter(({ needs }) => needs.length > 0 && needs.every((need) => names.has(need)));
      const found = new Set(waiting.map(({ file }) => files.get(file)).filter((source) => source !== undefined));
      return {
        ruleIds: new Set(waiting.map(({ id }) => id)),
        sources: found.size ? [...new Set([...found, ...filters])] : [],
      };
    },
  };
};
