import type { Entity } from '#contracts';

/** Kinds of entity by how much they tell a reader: where it was and who, then what was met. */
const ORDER = [
  'host',
  'user',
  'cloud-principal',
  'mailbox',
  'cloud-account',
  'ip',
  'domain',
  'url',
  'process',
  'file',
  'hash',
];
const rankOf = (kind: string): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

/** Names of these kinds are shown, as far as a line takes them; of others a few stand for all. */
const NAMED = ['host', 'user', 'cloud-principal', 'mailbox'];
const SHOWN_OF_NAMED = 10;
const SHOWN = 3;

/** Hosts and users first, what tells least last; within a kind in the order given. */
export const rankedEntities = <One extends Entity>(entities: readonly One[]): One[] =>
  [...entities].sort((a, b) => rankOf(a.kind) - rankOf(b.kind));

/** Entities of one kind: how many there are, and the first of them. */
export interface EntityFold {
  kind: string;
  count: number;
  shown: string[];
}

/** Entities by kind, ranked: ninety hashes are a number, not a list. Each entity counts once. */
export const foldedEntities = (entities: readonly Entity[]): EntityFold[] => {
  const byKind = new Map<string, Set<string>>();
  for (const { kind, value } of rankedEntities(entities)) {
    byKind.set(kind, (byKind.get(kind) ?? new Set<string>()).add(value));
  }
  return [...byKind].map(([kind, values]) => ({
    kind,
    count: values.size,
    shown: [...values].slice(0, NAMED.includes(kind) ? SHOWN_OF_NAMED : SHOWN),
  }));
};
