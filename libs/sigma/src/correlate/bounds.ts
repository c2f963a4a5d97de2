import { decide } from './decide.js';
import { drop, textOf } from './group.js';
import type { CorrelationPlan, CorrelationTree } from './plan.js';
import { before, forget, isHeld, type CorrelationClock, type Closing, type State } from './state.js';
import type { CorrelationBounds, Outcome } from './types.js';

/** Of the heaviest clock's groups, this part goes at a time. */
const PART = 16;
/** Windows of groups that are gone, before they are looked for. */
const STALE = 64;

const evictOldest = (state: State, clock: CorrelationClock, count: number, outcome: Outcome): void => {
  let left = count;
  for (const [key, { values }] of clock.groups) {
    if (left-- <= 0) return;
    drop(state, clock, key);
    state.figures.evicted += 1;
    outcome.evicted.push({ correlationId: clock.correlationId, scope: clock.scope, groupKey: textOf(values) });
  }
};

/** Of the scope that weighs most: many small correlations of one take nothing from the few of another. */
const heaviest = ({ clocks }: State): CorrelationClock | undefined => {
  const scopes = new Map<string, number>();
  for (const { scope, weight } of clocks.values()) scopes.set(scope, (scopes.get(scope) ?? 0) + weight);
  const most = Math.max(...scopes.values());
  let found: CorrelationClock | undefined;
  for (const clock of clocks.values())
    if (scopes.get(clock.scope) === most && (!found || clock.weight > found.weight)) found = clock;
  return found;
};

const isOpen = ({ groups }: CorrelationClock, { nodes }: CorrelationTree, { at, key }: Closing): boolean => {
  const group = groups.get(key);
  const node = nodes[group?.node ?? -1];
  return group !== undefined && node !== undefined && group.openedAt === at - node.correlation.timespanMs;
};

/**
 * Forgets when the windows of groups that were given up would have closed: else they would be more than what is
 * bounded.
 */
const sweep = (clock: CorrelationClock, tree: CorrelationTree): void => {
  // In order, so it is a heap.
  clock.due = clock.due
    .filter((due) => isHeld(due) || isOpen(clock, tree, due))
    .sort((a, b) => (before(a, b) ? -1 : 1));
};

/** Groups first; without any, what waits longest is decided before its time. */
const lighten = (state: State, clock: CorrelationClock, plan: CorrelationPlan, outcome: Outcome): void => {
  const { scope, correlationId } = clock;
  const tree = plan.trees.get(correlationId);
  if (tree && clock.groups.size === 0) sweep(clock, tree);
  const first = clock.due[0];
  if (clock.groups.size > 0) return evictOldest(state, clock, Math.ceil(clock.groups.size / PART), outcome);
  if (!tree || !first) return forget(state, `${scope}\0${correlationId}`);
  state.figures.evicted += 1;
  outcome.evicted.push({ correlationId, scope, groupKey: '' });
  return decide({ state, clock, tree, outcome }, first.at + 1);
};

/**
 * Keeps within bounds, in a stated order: in a correlation and scope with too many groups, the group whose newest event
 * is oldest goes first; when all together weigh too much, the heaviest correlation of the heaviest scope gives up its
 * own oldest first.
 */
export const keepWithin = (
  state: State,
  clock: CorrelationClock,
  plan: CorrelationPlan,
  { mostGroups, mostBytes }: CorrelationBounds,
  outcome: Outcome,
): void => {
  if (clock.groups.size > mostGroups) evictOldest(state, clock, clock.groups.size - mostGroups, outcome);
  while (state.weight > mostBytes && state.clocks.size > 0)
    lighten(state, heaviest(state) as CorrelationClock, plan, outcome);
  const tree = plan.trees.get(clock.correlationId);
  if (tree && clock.due.length > 2 * (clock.held.size + clock.groups.size) + STALE) sweep(clock, tree);
};
