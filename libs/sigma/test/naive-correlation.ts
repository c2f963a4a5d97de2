import type { CorrelationMatch } from '../src/correlate/index.js';
import { holds } from '../src/correlate/condition.js';
import type { Input, CorrelationNode, CorrelationTree } from '../src/correlate/plan.js';

/** Something a node hears; `closed` comes after all events of its millisecond. */
type NaiveNews = {
  at: number;
  closed: boolean;
  order: number;
  id: string;
  values: Record<string, string>;
  input: Input;
};
type NaiveFinding = Omit<NaiveNews, 'input'> & { group: string };

const inOrder = (a: Omit<NaiveNews, 'input'>, b: Omit<NaiveNews, 'input'>): number =>
  a.at - b.at || Number(a.closed) - Number(b.closed) || a.order - b.order || (a.id < b.id ? -1 : Number(a.id > b.id));

const read = (names: readonly string[], { input, values }: NaiveNews): string[] | undefined => {
  const found = names.map((name) => values[input.names.get(name) ?? name]);
  return found.some((value) => value === undefined || value === '') ? undefined : (found as string[]);
};

const prefixInOrder = (rules: readonly string[], window: readonly NaiveNews[]): number => {
  let count = 0;
  for (const { input } of window) if (rules[count] === input.id) count += 1;
  return count;
};

/** What a window's events measure, counted from nothing. */
const measure = (
  { correlation: { type, rules, condition } }: CorrelationNode,
  window: readonly NaiveNews[],
): number => {
  const values = window.map((news) => read(condition.field, news)?.join('\0').toLowerCase() ?? '');
  const numbers = values.map(Number).sort((a, b) => a - b);
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (type) {
    case 'event_count':
      return window.length;
    case 'value_count':
      return new Set(values).size;
    case 'value_sum':
      return sum;
    case 'value_avg':
      return sum / numbers.length;
    case 'value_percentile':
      return numbers[Math.max(1, Math.ceil(((condition.percentile ?? 50) / 100) * numbers.length)) - 1] ?? 0;
    case 'temporal':
      return new Set(window.map(({ input }) => input.id)).size;
    case 'temporal_ordered':
      return prefixInOrder(rules, window);
  }
};

const reached = (node: CorrelationNode, all: readonly NaiveNews[]): NaiveFinding[] => {
  const {
    correlation: { timespanMs },
  } = node;
  const found: NaiveFinding[] = [];
  let firedAt = -Infinity;
  all.forEach((news, index) => {
    const window = all.slice(0, index + 1).filter(({ at }) => at >= news.at - timespanMs);
    if (news.at <= firedAt + timespanMs || !holds(node.correlation, measure(node, window))) return;
    firedAt = news.at;
    found.push({ ...news, values: {}, group: '' });
  });
  return found;
};

const closed = (node: CorrelationNode, all: readonly NaiveNews[]): NaiveFinding[] => {
  const {
    correlation: { timespanMs },
  } = node;
  const found: NaiveFinding[] = [];
  for (let rest = all; rest[0]; ) {
    const end = rest[0].at + timespanMs;
    const window = rest.filter(({ at, closed: late }) => at < end || (at === end && !late));
    if (holds(node.correlation, measure(node, window)))
      found.push({ at: end, closed: true, order: 0, id: '', values: {}, group: '' });
    rest = rest.slice(window.length);
  }
  return found;
};

const heardBy = (tree: CorrelationTree, node: CorrelationNode, matches: readonly CorrelationMatch[]): NaiveNews[] =>
  node.inputs.flatMap((input, index): NaiveNews[] => {
    if (input.node >= 0)
      return foundBy(tree, tree.nodes[input.node] as CorrelationNode, matches).map((one) => ({ ...one, input }));
    if (node.inputs.findIndex(({ id }) => id === input.id) < index) return [];
    return matches
      .filter((match) => match.node === node.place && match.ruleId === input.id)
      .map(({ occurredAt, eventId, values }) => ({
        at: occurredAt,
        closed: false,
        order: input.order,
        id: eventId,
        values,
        input,
      }));
  });

const foundBy = (
  tree: CorrelationTree,
  node: CorrelationNode,
  matches: readonly CorrelationMatch[],
): NaiveFinding[] => {
  const isValue = node.correlation.type.startsWith('value_');
  const isNumber = isValue && node.correlation.type !== 'value_count';
  const groups = new Map<string, NaiveNews[]>();
  for (const news of heardBy(tree, node, matches).sort(inOrder)) {
    const group = read(node.group, news);
    const value = isValue ? read(node.correlation.condition.field, news) : [];
    if (!group || !value || (isNumber && !Number.isFinite(Number(value[0])))) continue;
    const key = JSON.stringify(group.map((one) => one.toLowerCase()));
    groups.set(key, [...(groups.get(key) ?? []), news]);
  }
  return [...groups].flatMap(([group, all]) => {
    const values = Object.fromEntries(
      (JSON.parse(group) as string[]).map((value, index) => [node.group[index] ?? '', value]),
    );
    return (node.closes ? closed(node, all) : reached(node, all)).map((one) => ({ ...one, values, group }));
  });
};

/**
 * Every finding of a correlation over all its matches, as `group end`, worked out slowly: what the state machine is
 * compared with.
 */
export const naiveFindings = (tree: CorrelationTree, matches: readonly CorrelationMatch[]): string[] => {
  const once = [...new Map(matches.map((match) => [`${match.node} ${match.ruleId} ${match.eventId}`, match])).values()];
  return foundBy(tree, tree.nodes[0] as CorrelationNode, once)
    .map(({ group, at }) => `${group} ${at}`)
    .sort();
};
