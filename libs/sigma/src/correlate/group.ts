import type { Input, CorrelationNode } from './plan.js';
import { weigh, type CorrelationClock, type CountedGroup, type State } from './state.js';
import { emptyTally, weightOf } from './tally.js';

/** As measured, its empty lists included. */
const GROUP_WEIGHT = 600;

export type Named = { key: string; values: Record<string, string> };

/** The group a node puts something in, by the names it has there; undefined when a value is missing. */
export const groupIn = (
  node: CorrelationNode,
  { names }: Input,
  values: Readonly<Record<string, string>>,
): Named | undefined => {
  const group: Record<string, string> = {};
  for (const name of node.group) {
    const value = values[names.get(name) ?? name];
    if (value === undefined || value === '') return undefined;
    group[name] = value.toLowerCase();
  }
  return { key: `${node.place}\0${Object.values(group).join('\0')}`, values: group };
};

/** Its place in the order becomes the last: the first is always the one whose newest event is oldest. */
export const touch = (
  state: State,
  clock: CorrelationClock,
  node: CorrelationNode,
  { key, values }: Named,
  at: number,
): CountedGroup => {
  const known = clock.groups.get(key);
  const group = known ?? {
    node: node.place,
    values,
    newest: at,
    silentUntil: -Infinity,
    openedAt: null,
    tally: emptyTally(),
    weight: 0,
  };
  group.newest = at;
  clock.groups.delete(key);
  clock.groups.set(key, group);
  if (!known) reweigh(state, clock, key, group);
  return group;
};

export const reweigh = (state: State, clock: CorrelationClock, key: string, group: CountedGroup): void => {
  const weight = GROUP_WEIGHT + 4 * key.length + weightOf(group.tally);
  weigh(state, clock, weight - group.weight);
  group.weight = weight;
};

export const drop = (state: State, clock: CorrelationClock, key: string): CountedGroup | undefined => {
  const group = clock.groups.get(key);
  if (!group) return undefined;
  clock.groups.delete(key);
  weigh(state, clock, -group.weight);
  return group;
};

/** `user=ada host=ws5` */
export const textOf = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
