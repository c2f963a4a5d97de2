import { countingEnds, holds } from './condition.js';
import { drop, groupIn, reweigh, textOf, touch, type Named } from './group.js';
import { pop, push } from './heap.js';
import { kinds } from './kinds.js';
import type { Input, CorrelationNode, CorrelationTree } from './plan.js';
import {
  before,
  isHeld,
  weigh,
  weightOfHeld,
  type CorrelationClock,
  type Closing,
  type CountedGroup,
  type WaitingMatch,
  type State,
} from './state.js';
import { emptyTally, samplesOf, weightOf } from './tally.js';
import type { Outcome, Sample } from './types.js';

/** What the functions below work on. */
type DecidingWork = { state: State; clock: CorrelationClock; tree: CorrelationTree; outcome: Outcome };
type NodeNews = { at: number; values: Readonly<Record<string, string>>; samples: Sample[] };
type Window = { from: number; to: number };

/** Takes everything before `to` into account, in the order of event time, and forgets what can no longer matter. */
export const decide = (work: DecidingWork, to: number): void => {
  const { clock } = work;
  for (let first = clock.due[0]; first && first.at < to; first = clock.due[0]) {
    pop(clock.due, before);
    if (isHeld(first)) take(work, first);
    else close(work, first);
  }
  clock.watermark = Math.max(clock.watermark, to);
  if (to > clock.nothingEndsBefore) forgetEnded(work, to);
};

/** Looked for only when one can have ended: from the front of a map that much was taken from, looking takes long. */
const forgetEnded = ({ state, clock, tree }: DecidingWork, to: number): void => {
  clock.nothingEndsBefore = to + tree.longestMs;
  for (const [key, { newest }] of clock.groups) {
    clock.nothingEndsBefore = newest + tree.longestMs;
    if (clock.nothingEndsBefore >= to) return;
    drop(state, clock, key);
  }
};

const take = (work: DecidingWork, held: WaitingMatch): void => {
  const { state, clock, tree } = work;
  const { at, id, node: place, ruleId, eventId, values, note, attachment } = held;
  clock.held.delete(id);
  weigh(state, clock, -weightOfHeld(held));
  const node = tree.nodes[place] as CorrelationNode;
  const sample: Sample = {
    eventId,
    ruleId,
    at,
    ...(note === undefined ? {} : { note }),
    ...(attachment === undefined ? {} : { attachment }),
  };
  hear(
    work,
    node,
    node.inputs.filter((input) => input.id === ruleId && input.node < 0),
    { at, values, samples: [sample] },
  );
};

/** One event stands for one step of several that name its rule, and counts once. */
const hear = (work: DecidingWork, node: CorrelationNode, inputs: readonly Input[], news: NodeNews): void => {
  const ordered = node.correlation.type.startsWith('temporal') ? [...inputs].reverse() : inputs.slice(0, 1);
  for (const input of ordered) {
    const named = groupIn(node, input, news.values);
    const measured = named && valueIn(node, input, news.values);
    if (measured) add(work, node, input, named, { ...news, ...measured });
    else work.state.figures.incomplete += 1;
  }
};

/** The value the condition speaks of; undefined when it is not there, or is no number where one is needed. */
const valueIn = (
  { correlation: { type, condition } }: CorrelationNode,
  { names }: Input,
  values: Readonly<Record<string, string>>,
): { distinct: string; number: number } | undefined => {
  if (!type.startsWith('value_')) return { distinct: '', number: 0 };
  const found = condition.field.map((name) => values[names.get(name) ?? name]);
  if (found.some((value) => value === undefined || value === '')) return undefined;
  const number = Number(found[0]);
  return type === 'value_count' || Number.isFinite(number)
    ? { distinct: found.join('\0').toLowerCase(), number }
    : undefined;
};

const add = (
  work: DecidingWork,
  node: CorrelationNode,
  { step }: Input,
  named: Named,
  news: NodeNews & { distinct: string; number: number },
): void => {
  const { state, clock } = work;
  const { correlation } = node;
  const { at } = news;
  const kind = kinds[correlation.type];
  const group = touch(state, clock, node, named, at);
  if (node.closes && group.openedAt === null) {
    group.openedAt = at;
    push<WaitingMatch | Closing>(clock.due, { at: at + correlation.timespanMs, key: named.key }, before);
  }
  const from = group.openedAt ?? at - correlation.timespanMs;
  kind.add(group.tally, { ...news, step }, from, countingEnds(correlation));
  const measured = node.closes || at <= group.silentUntil ? undefined : kind.measure(group.tally, from, node);
  if (measured !== undefined && holds(correlation, measured)) {
    const { tally } = group;
    group.tally = emptyTally();
    group.silentUntil = at + correlation.timespanMs;
    fire(work, node, { ...group, tally }, { from, to: at }, measured);
  }
  if (remembersNothing(group)) drop(state, clock, named.key);
  else reweigh(state, clock, named.key, group);
};

/** A later step of an order whose earlier ones have not come. */
const remembersNothing = ({ tally, openedAt, silentUntil }: CountedGroup): boolean =>
  openedAt === null && silentUntil === -Infinity && weightOf(tally) === 0;

const close = (work: DecidingWork, { at, key }: Closing): void => {
  const { state, clock, tree } = work;
  const node = tree.nodes[clock.groups.get(key)?.node ?? -1];
  const from = at - (node?.correlation.timespanMs ?? 0);
  if (!node || clock.groups.get(key)?.openedAt !== from) return;
  const group = drop(state, clock, key) as CountedGroup;
  const measured = kinds[node.correlation.type].measure(group.tally, from, node);
  if (holds(node.correlation, measured)) fire(work, node, group, { from, to: at }, measured);
};

/** A finding of the outermost correlation; of one further in, news for the one it feeds. */
const fire = (
  work: DecidingWork,
  node: CorrelationNode,
  { values, tally }: CountedGroup,
  { from, to }: Window,
  measured: number,
): void => {
  const { clock, tree, outcome, state } = work;
  const samples = samplesOf(kinds[node.correlation.type].parts(tally, from));
  const outer = tree.nodes[node.parent];
  if (outer)
    return hear(
      work,
      outer,
      outer.inputs.filter((input) => input.node === node.place),
      { at: to, values, samples },
    );
  state.figures.fired += 1;
  const times = [
    ...tally.times.slice(0, 1),
    ...tally.values.slice(0, 1).map(({ at }) => at),
    ...samples.map(({ at }) => at),
  ];
  outcome.fired.push({
    correlationId: tree.id,
    scope: clock.scope,
    group: values,
    groupKey: textOf(values),
    windowStart: from,
    windowEnd: to,
    firstAt: Math.min(to, ...times),
    lastAt: Math.max(...samples.map(({ at }) => at)),
    value: measured,
    samples,
  });
  return undefined;
};
