import { keepWithin } from './bounds.js';
import { decide } from './decide.js';
import { groupIn } from './group.js';
import { push } from './heap.js';
import type { CorrelationPlan, CorrelationTree } from './plan.js';
import { before, clockOf, weigh, weightOfHeld, type CorrelationClock, type WaitingMatch, type State } from './state.js';
import type { CorrelationBounds, Match, Options, Outcome, Passed } from './types.js';

const DEFAULTS: CorrelationBounds = {
  latenessMs: 60_000,
  idleMs: 300_000,
  mostGroups: 100_000,
  mostBytes: 32 * 1024 * 1024,
};

const nothing = (): Outcome => ({ fired: [], late: [], evicted: [] });

/** Event time of the slowest stream that is still heard. */
const reached = ({ streams }: CorrelationClock, now: number, idleMs: number): number => {
  let least = Infinity;
  for (const [name, { upTo, heardAt }] of streams) {
    if (now - heardAt > idleMs) streams.delete(name);
    else least = Math.min(least, upTo);
  }
  return least;
};

/** Takes in what a stream tells of event time, and decides what is decided by it. */
const advance = (
  state: State,
  clock: CorrelationClock,
  tree: CorrelationTree,
  { stream = '', upTo, heardAt = 0 }: Omit<Passed, 'scope' | 'correlationId'>,
  limits: CorrelationBounds,
  outcome: Outcome,
): void => {
  const known = clock.streams.get(stream);
  const now = Math.max(heardAt, known?.heardAt ?? 0);
  clock.streams.set(stream, { upTo: Math.max(upTo, known?.upTo ?? -Infinity), heardAt: now });
  const to = reached(clock, now, limits.idleMs);
  if (to > clock.watermark) decide({ state, clock, tree, outcome }, to);
};

/** Whether its group shows it among what it counted. */
const isKnown = (
  clock: CorrelationClock,
  tree: CorrelationTree,
  { node: place, ruleId, eventId, values }: Match,
): boolean => {
  const node = tree.nodes[place];
  const input = node?.inputs.find(({ id }) => id === ruleId);
  const named = node && input && groupIn(node, input, values);
  const tally = named && clock.groups.get(named.key)?.tally;
  if (!tally) return false;
  const parts = [
    ...tally.parts,
    ...tally.chains.flatMap((chain) => chain ?? []),
    ...tally.values.flatMap(({ part }) => part ?? []),
  ];
  return parts.some(({ samples }) => samples.some((sample) => sample.eventId === eventId));
};

const hold = (state: State, clock: CorrelationClock, tree: CorrelationTree, match: Match, outcome: Outcome): void => {
  const { figures } = state;
  const { scope, correlationId, node, ruleId, eventId, occurredAt, values, note, attachment } = match;
  const input = tree.nodes[node]?.inputs.find(({ id }) => id === ruleId);
  if (!input) return undefined;
  const id = `${node} ${ruleId} ${eventId}`;
  if (clock.held.has(id)) return void (figures.repeated += 1);
  if (occurredAt < clock.watermark) {
    const repeated = isKnown(clock, tree, match);
    figures[repeated ? 'repeated' : 'late'] += 1;
    return void outcome.late.push({
      scope,
      correlationId,
      ruleId,
      eventId,
      occurredAt,
      watermark: clock.watermark,
      repeated,
    });
  }
  const held: WaitingMatch = {
    at: occurredAt,
    order: input.order,
    id,
    node,
    ruleId,
    eventId,
    values,
    ...(note === undefined ? {} : { note }),
    ...(attachment === undefined ? {} : { attachment }),
  };
  clock.held.add(id);
  push(clock.due, held, before);
  return weigh(state, clock, weightOfHeld(held));
};

/**
 * Takes one match in. `state` is changed; equal states and matches give equal states and outcomes, whatever the
 * batches.
 * Matches of a correlation that the plan does not know are left alone.
 */
export const feed = (plan: CorrelationPlan, state: State, match: Match, options: Options = {}): Outcome => {
  const limits = { ...DEFAULTS, ...options };
  const outcome = nothing();
  const tree = plan.trees.get(match.correlationId);
  if (!tree) return outcome;
  const clock = clockOf(state, match.scope, tree);
  state.figures.matches += 1;
  hold(state, clock, tree, match, outcome);
  advance(state, clock, tree, { ...match, upTo: match.upTo ?? match.occurredAt - limits.latenessMs }, limits, outcome);
  keepWithin(state, clock, plan, limits, outcome);
  return outcome;
};

/** Event time goes on without a match: decides what waited for it. */
export const pass = (plan: CorrelationPlan, state: State, passed: Passed, options: Options = {}): Outcome => {
  const outcome = nothing();
  const tree = plan.trees.get(passed.correlationId);
  if (!tree || !state.clocks.has(`${passed.scope}\0${tree.id}`)) return outcome;
  advance(state, clockOf(state, passed.scope, tree), tree, passed, { ...DEFAULTS, ...options }, outcome);
  return outcome;
};

/** Decides everything: no more is to come. */
export const finish = (plan: CorrelationPlan, state: State): Outcome => {
  const outcome = nothing();
  for (const clock of state.clocks.values()) {
    const tree = plan.trees.get(clock.correlationId);
    if (tree) decide({ state, clock, tree, outcome }, Infinity);
  }
  return outcome;
};
