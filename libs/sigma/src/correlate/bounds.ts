import { decide } from './decide.js';
import { drop, textOf } from './group.js';
import type { Plan } from './plan.js';
import { forget, type Clock, type State } from './state.js';
import type { Limits, Outcome } from './types.js';

/** Of the heaviest clock's groups, this part goes at a time. */
const PART = 16;

const evictOldest = (state: State, clock: Clock, count: number, outcome: Outcome): void => {
  let left = count;
  for (const [key, { values }] of clock.groups) {
    if (left-- <= 0) return;
    drop(state, clock, key);
    state.figures.evicted += 1;
    outcome.evicted.push({ correlationId: clock.correlationId, scope: clock.scope, groupKey: textOf(values) });
  }
};

const heaviest = ({ clocks }: State): Clock | undefined => {
  let found: Clock | undefined;
  for (const clock of clocks.values()) if (!found || clock.weight > found.weight) found = clock;
  return found;
};

/** Groups first; without any, what waits longest is decided before its time. */
const lighten = (state: State, clock: Clock, plan: Plan, outcome: Outcome): void => {
  const { scope, correlationId } = clock;
  const tree = plan.trees.get(correlationId);
  const first = clock.due[0];
  if (clock.groups.size > 0) return evictOldest(state, clock, Math.ceil(clock.groups.size / PART), outcome);
  if (!tree || !first) return forget(state, `${scope}\0${correlationId}`);
  state.figures.evicted += 1;
  outcome.evicted.push({ correlationId, scope, groupKey: '' });
  return decide({ state, clock, tree, outcome }, first.at + 1);
};

/**
 * Keeps within bounds, in a stated order: in a correlation and scope with too many groups, the group whose newest event is
 * oldest goes first; when all together weigh too much, the heaviest correlation and scope gives up its own oldest first.
 */
export const keepWithin = (state: State, clock: Clock, plan: Plan, { mostGroups, mostBytes }: Limits, outcome: Outcome): void => {
  if (clock.groups.size > mostGroups) evictOldest(state, clock, clock.groups.size - mostGroups, outcome);
  while (state.weight > mostBytes && state.clocks.size > 0) lighten(state, heaviest(state) as Clock, plan, outcome);
};
