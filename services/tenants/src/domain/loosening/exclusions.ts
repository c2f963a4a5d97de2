import type { Asset, Identity, TenantPolicy } from '#contracts';
import { excludes, foldName } from '#libs/terms';
import { HOSTS, inWords, PEOPLE, type NamedThings } from './named-things.js';

/** A thing as it was, if it was, and as it is. */
export interface ChangedThing<Thing> {
  was: Thing | undefined;
  is: Thing;
}

/**
 * @returns the exclusion that one of the names meets; the same answer as asking each, found by the name without domain.
 */
const exclusionsBy = (
  { exclusions }: TenantPolicy,
  { kind, short }: Pick<NamedThings<never>, 'kind' | 'short'>,
): ((names: readonly string[]) => string | undefined) => {
  const entities = new Map<string, string[]>();
  for (const { entity } of exclusions) {
    const key = short(foldName(entity.slice(entity.indexOf(':') + 1)));
    entities.set(key, [...(entities.get(key) ?? []), entity]);
  }
  return (names) =>
    names.flatMap((name) =>
      (entities.get(short(foldName(name))) ?? []).filter((entity) => excludes(entity, kind, [name])),
    )[0];
};

/**
 * Names that an exclusion meets before and no more after, whoever bears them: asked as response asks, by every name
 * that a change can touch.
 * A namesake that is registered counts as much as a name that is taken away.
 */
const lost = <Thing>(
  policy: TenantPolicy,
  way: NamedThings<Thing>,
  before: readonly Thing[],
  after: readonly Thing[],
  changed: ChangedThing<Thing>[],
): string[] => {
  if (policy.exclusions.length === 0) return [];
  const { namesOf, short, elsewhere, calledLike, possible } = way;
  const foldedNames = (things: readonly Thing[]): string[] => things.flatMap(namesOf).map(foldName).filter(Boolean);
  const shorts = new Set(foldedNames(changed.flatMap(({ was, is }) => (was ? [was, is] : [is]))).map(short));
  const alike = [before, after].flatMap((things) => [...shorts].flatMap((one) => calledLike(things, one)));
  const registered = foldedNames([...new Set(alike)]).filter((name) => shorts.has(short(name)));
  const met = exclusionsBy(policy, way);
  const excluded = (things: readonly Thing[], name: string): string | undefined =>
    met([name, ...possible(things, name).flatMap(namesOf)]);
  const sentences = (names: readonly string[], called: (name: string) => string): string[] =>
    [...new Set(names)].flatMap((name) => {
      const entity = excluded(before, name);
      return entity !== undefined && excluded(after, name) === undefined
        ? [`${called(name)} counts no more as the excluded ${entity}`]
        : [];
    });
  return [...sentences(registered, (name) => name), ...sentences([...shorts].flatMap(elsewhere), inWords)];
};

/** Hosts that count no more as excluded, each a sentence. */
export const hostsExcludedNoMore = (
  policy: TenantPolicy,
  before: readonly Asset[],
  after: readonly Asset[],
  changed: ChangedThing<Asset>[],
): string[] => lost(policy, HOSTS, before, after, changed);
/** The same of people. */
export const peopleExcludedNoMore = (
  policy: TenantPolicy,
  before: readonly Identity[],
  after: readonly Identity[],
  changed: ChangedThing<Identity>[],
): string[] => lost(policy, PEOPLE, before, after, changed);
