import type { Correlation } from '../types.js';

/** What a node hears of one of its rules (or of a correlation further in). */
export type Input = {
  id: string;
  step: number;
  /** Its place among all rules of the chain: the order of events of one millisecond. */
  order: number;
  /** Name in this node -> name in the input. */
  names: ReadonlyMap<string, string>;
  /** Place of the correlation further in; -1 for a rule. */
  node: number;
};

/** A correlation in its place in a chain. Place 0 raises; the others feed the one they belong to. */
export type CorrelationNode = {
  place: number;
  parent: number;
  correlation: Correlation;
  /** Its own group-by, and what the correlation it feeds groups by. */
  group: readonly string[];
  inputs: readonly Input[];
  /** Decided when its window closes: not as soon as enough has come. */
  closes: boolean;
};

/** A correlation that raises, with those that feed it. */
export type CorrelationTree = { id: string; nodes: readonly CorrelationNode[]; longestMs: number; fingerprint: string };

/** One way of a rule's matches into a correlation that raises. */
export type Route = {
  correlationId: string;
  node: number;
  /** Fields of the rule's events to read for it. */
  fields: readonly string[];
  /** The fields whose values make the raising correlation's group: matches with other values never meet. */
  groupFields: readonly string[];
};

export type CorrelationPlan = {
  trees: ReadonlyMap<string, CorrelationTree>;
  routes(ruleId: string): readonly Route[];
  /**
   * Whether a rule's (or a correlation's) matches are findings of their own: not when it is referred to without
   * `generate`.
   */
  raises(id: string): boolean;
};

const REACHED = new Set(['gte', 'gt']);
const OF_WHOLE_WINDOW = new Set(['value_avg', 'value_percentile']);

const closes = ({ type, condition: { comparisons } }: Correlation): boolean =>
  OF_WHOLE_WINDOW.has(type) || comparisons.some(({ operator }) => !REACHED.has(operator));

const nameIn = ({ aliases }: Correlation, name: string, input: string): string => aliases[name]?.[input] ?? name;

/** Lays a correlation and those it refers to out as nodes, outermost first. */
const treeOf = (root: Correlation, known: ReadonlyMap<string, Correlation>): CorrelationTree => {
  const nodes: CorrelationNode[] = [];
  let rules = 0;
  const lay = (correlation: Correlation, parent: number, wanted: readonly string[]): number => {
    const place = nodes.length;
    const group = [...new Set([...correlation.groupBy, ...wanted])];
    const inputs: Input[] = [];
    nodes.push({ place, parent, correlation, group, inputs, closes: closes(correlation) });
    correlation.rules.forEach((id, step) => {
      const names = new Map(
        [...group, ...correlation.condition.field].map((name) => [name, nameIn(correlation, name, id)]),
      );
      const inner = known.get(id);
      const order = rules;
      if (!inner) rules += 1;
      inputs.push({
        id,
        step,
        order,
        names,
        node: inner
          ? lay(
              inner,
              place,
              group.map((name) => nameIn(correlation, name, id)),
            )
          : -1,
      });
    });
    return place;
  };
  lay(root, -1, []);
  const longestMs = Math.max(...nodes.map(({ correlation: { timespanMs } }) => timespanMs));
  const fingerprint = JSON.stringify(
    nodes.map(({ correlation: { id, type, rules: of, groupBy, timespanMs, condition, aliases } }) => [
      id,
      type,
      of,
      groupBy,
      timespanMs,
      condition,
      aliases,
    ]),
  );
  return { id: root.id, nodes, longestMs, fingerprint };
};

/** A name in a node, as the field of a rule's events that stands for it in the outermost correlation's group. */
const groupFieldsOf = (tree: CorrelationTree, node: CorrelationNode, ruleId: string): string[] => {
  const path: { node: CorrelationNode; input: string }[] = [];
  let input = ruleId;
  for (let at: CorrelationNode | undefined = node; at; at = tree.nodes[at.parent]) {
    path.unshift({ node: at, input });
    input = at.correlation.id;
  }
  return (tree.nodes[0] as CorrelationNode).group.map((name) =>
    path.reduce((field, step) => nameIn(step.node.correlation, field, step.input), name),
  );
};

const routesOf = (tree: CorrelationTree): [ruleId: string, route: Route][] =>
  tree.nodes.flatMap((node) =>
    [...new Map(node.inputs.filter(({ node: inner }) => inner < 0).map((input) => [input.id, input])).values()].map(
      ({ id, names }): [string, Route] => [
        id,
        {
          correlationId: tree.id,
          node: node.place,
          fields: [...new Set(names.values())],
          groupFields: groupFieldsOf(tree, node, id),
        },
      ],
    ),
  );

/**
 * How correlations hang together: which raise, which rules feed them and with which fields. They must not go in
 * circles.
 */
export const correlationPlan = (correlations: readonly Correlation[]): CorrelationPlan => {
  const known = new Map(correlations.map((one) => [one.id, one]));
  const silent = new Set(correlations.flatMap(({ rules }) => rules));
  for (const { generate, rules } of correlations) if (generate) rules.forEach((id) => silent.delete(id));
  const trees = new Map(correlations.filter(({ id }) => !silent.has(id)).map((one) => [one.id, treeOf(one, known)]));
  const routes = new Map<string, Route[]>();
  for (const tree of trees.values()) {
    for (const [ruleId, route] of routesOf(tree)) routes.set(ruleId, [...(routes.get(ruleId) ?? []), route]);
  }
  return { trees, routes: (ruleId) => routes.get(ruleId) ?? [], raises: (id) => !silent.has(id) };
};
