import { isAlias, isCollection, isPair, visit, type Alias, type Document, type Node } from 'yaml';

/** What each alias stands for: the last node of its name before it. */
const targetsIn = (document: Document): ReadonlyMap<Alias, Node | undefined> => {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
};

/**
 * How many nodes a document holds as a tree, aliases and merges written out; Infinity when one lies in itself. Every
 * node is looked at once, whatever it stands for.
 */
export const weightOf = (document: Document): number => {
  const targets = targetsIn(document);
  const known = new Map<unknown, number>();
  const weigh = (node: unknown): number => {
    if (isPair(node)) return weigh(node.key) + weigh(node.value);
    if (isAlias(node)) return weigh(targets.get(node));
    if (!isCollection(node)) return 1;
    const before = known.get(node);
    if (before !== undefined) return before;
    known.set(node, Infinity);
    const weight = node.items.reduce<number>((sum, item) => sum + weigh(item), 1);
    known.set(node, weight);
    return weight;
  };
  return weigh(document.contents);
};
