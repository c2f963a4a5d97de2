import { emptyMap, onceFor, valueIn, withoutValue, withValue, type PersistentMap } from '#libs/model';
import { isTellingName, kindOf, type FindingTraits } from './names.js';
import { groupsIn, type TrackedCase } from './tracked-case.js';

/**
 * Cases by what they may be found by. Whatever belongs to a case has one clue in common with it: a name that tells more
 * than little does, or what its rule groups by.
 */
export type CasesByClue = PersistentMap<readonly string[]>;

export const noClues = (): CasesByClue => emptyMap();

const labelOf = (name: string): string => name.split('.', 1)[0] ?? name;
const ofGroup = (group: string): string[] => (group === '' ? [] : [`group ${group}`]);
const isHost = (name: string): boolean => kindOf(name) === 'host';

/** A host with a full name is found by its short one too: `host:ws6.` are all of that name. */
const ofKnown = (name: string): string[] => (isHost(name) && name.includes('.') ? [name, `${labelOf(name)}.`] : [name]);
const ofWanted = (name: string): string[] =>
  isHost(name) ? [name, name.includes('.') ? labelOf(name) : `${name}.`] : [name];

/** What a case is found by. It is compared with how it was before each time that a finding joins: read once as it is. */
export const cluesOfCase = onceFor(
  (tracked: TrackedCase): ReadonlySet<string> =>
    new Set([
      ...Object.keys(tracked.names).filter(isTellingName).flatMap(ofKnown),
      ...groupsIn(tracked).flatMap(ofGroup),
    ]),
);

/** What a finding finds cases by. */
export const cluesOf = ({ names, group }: Pick<FindingTraits, 'names' | 'group'>): string[] => [
  ...names.filter(isTellingName).flatMap(ofWanted),
  ...ofGroup(group),
];

/** Ids of the cases that a finding may belong to, each once. */
export const foundBy = (byClue: CasesByClue, clues: readonly string[]): string[] => [
  ...new Set(clues.flatMap((clue) => valueIn(byClue, clue) ?? [])),
];

/** A case as it attracts from now on, in place of how it did; undefined: it attracts nothing. */
export const withClues = (
  byClue: CasesByClue,
  caseId: string,
  before: TrackedCase | undefined,
  after: TrackedCase | undefined,
): CasesByClue => {
  const [old, fresh] = [
    before ? cluesOfCase(before) : new Set<string>(),
    after ? cluesOfCase(after) : new Set<string>(),
  ];
  let next = byClue;
  for (const clue of old) {
    if (fresh.has(clue)) continue;
    const left = (valueIn(next, clue) ?? []).filter((one) => one !== caseId);
    next = left.length === 0 ? withoutValue(next, clue) : withValue(next, clue, left);
  }
  for (const clue of fresh) if (!old.has(clue)) next = withValue(next, clue, [...(valueIn(next, clue) ?? []), caseId]);
  return next;
};
