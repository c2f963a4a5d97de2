/** Which objects of an event names may lie in, and under which keys: the tree that the scanner walks along. */
import type { SourceMapping } from '../../types.js';

export type NameEntry = {
  key: string;
  node: NameNode;
  slot: number;
  child?: NameNode;
  textMayHoldFields: boolean;
  listMayHoldFields: boolean;
  /** When events that have it, or have a list or structured text there, are of a form of their own. */
  reshapes: { always: boolean; lists: boolean; texts: boolean };
};
/**
 * `container`: the bit that tells of it; 0 for the event itself and for objects that are no containers. `star`: what
 * any other object in it is.
 */
export type NameNode = { id: number; container: number; entries: Map<string, NameEntry>; star?: NameNode };

/** One place where a name's value may be; `container` is the bit of the container it is in. */
export type Way = { entry: NameEntry; means: 'value' | 'list' | 'attribute'; container: number };

const MOST_CONTAINERS = 30;
const MOST_DOTS = 6;

export class NameTree {
  readonly nodes: NameNode[] = [];
  slots = 0;
  private isWhole = false;
  private readonly containers: NameNode[] = [];
  private readonly ways = new Map<string, readonly Way[] | undefined>();

  constructor(private readonly mapping: SourceMapping | undefined) {
    const root = this.newNode();
    this.containers.push(root);
    for (const [index, path] of (mapping?.containers ?? []).entries())
      this.containers.push(this.containerAt(path, 1 << index));
    const { keys = [], lists = [], objects = [], texts = [] } = mapping?.reshaped ?? {};
    for (const path of keys)
      for (const entry of [this.entryAt(path), this.entry(root, path)]) entry.reshapes.always = true;
    for (const path of lists) this.entryAt(path).reshapes.lists = true;
    for (const path of objects) this.entryAt(path).listMayHoldFields = true;
    for (const path of texts) this.entryAt(path).reshapes.texts = true;
  }

  /** Whether the mapping's names can be told along a tree. */
  static fits({
    containers,
    anyCase,
    withoutSpaces,
    selectors,
    aliases,
    logsources,
    entity,
    derives,
    reshaped,
    parts,
    ...more
  }: SourceMapping): boolean {
    return (
      (derives === undefined || reshaped !== undefined) &&
      !(anyCase && (reshaped ?? parts)) &&
      Object.values(more).every((one) => one === undefined) &&
      containers.length <= MOST_CONTAINERS &&
      new Set(containers).size === containers.length &&
      !(anyCase && (containers.length > 0 || withoutSpaces)) &&
      logsources.length + entity.length >= 0 &&
      aliases.every(({ when }) => Object.keys(when).every((field) => selectors.includes(field))) &&
      aliases.every(
        ({ when, fields }) =>
          Object.keys(when).length === 0 || selectors.every((field) => !Object.hasOwn(fields, field)),
      )
    );
  }

  /** Where a name is sought, aliases aside, best first; undefined when only a parsed event can tell. */
  waysOf(name: string): readonly Way[] | undefined {
    if (!this.ways.has(name) && !this.isWhole) this.ways.set(name, this.findWays(name));
    return this.ways.get(name);
  }

  /** From here on names that were not asked for before are not sought. */
  complete(): void {
    this.isWhole = true;
  }

  private findWays(name: string): Way[] | undefined {
    if (name.split('.').length > MOST_DOTS) return undefined;
    if (this.mapping?.anyCase) return this.pathInAnyCase(name.toLowerCase().split('.'));
    const direct = this.containers.map((node): Way => this.value(node, name, node.container));
    const paths = this.containers.flatMap((node) => this.paths(node, name, node.container));
    return [...direct, ...paths, ...(this.mapping ? this.attributes(name) : [])];
  }

  private value(node: NameNode, key: string, container: number): Way {
    const entry = this.entry(node, key);
    if (entry.slot < 0) entry.slot = this.slots++;
    return { entry, means: 'value', container };
  }

  private list(entry: NameEntry, container: number): Way {
    if (entry.slot < 0) entry.slot = this.slots++;
    return { entry, means: 'list', container };
  }

  /** At every dot the name may end a key. */
  private paths(node: NameNode, name: string, container: number): Way[] {
    const ways: Way[] = [];
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      const entry = this.entry(node, name.slice(0, dot));
      const child = this.childOf(entry);
      const rest = name.slice(dot + 1);
      ways.push(this.list(entry, container), this.value(child, rest, container), ...this.paths(child, rest, container));
    }
    return ways;
  }

  /** Names are in lower case; objects in which two keys differ by case only are given up. */
  private pathInAnyCase(path: readonly string[]): Way[] {
    const ways: Way[] = [];
    let node = this.containers[0]!;
    for (const [index, key] of path.entries()) {
      if (index === path.length - 1) ways.push(this.value(node, key, 0));
      else {
        const entry = this.entry(node, key);
        ways.push(this.list(entry, 0));
        node = this.childOf(entry);
      }
    }
    return ways;
  }

  /** `Provider_Name` may be the attribute `Name` of `Provider`. */
  private attributes(name: string): Way[] {
    const line = name.indexOf('_');
    return line <= 0
      ? []
      : this.containers.map((node) => ({
          ...this.value(node, name.slice(0, line), node.container),
          means: 'attribute',
        }));
  }

  private containerAt(path: string, bit: number): NameNode {
    let node = this.containers[0]!;
    for (const key of path.split('.')) {
      if (key === '*') {
        node = node.star ??= this.newNode();
        continue;
      }
      const entry = this.entry(node, key);
      entry.textMayHoldFields = true;
      node = this.childOf(entry);
    }
    node.container = bit;
    this.entry(node, 'Data').listMayHoldFields = true;
    return node;
  }

  private entryAt(path: string): NameEntry {
    const keys = path.split('.');
    const last = keys.pop()!;
    let node = this.containers[0]!;
    for (const key of keys) node = this.childOf(this.entry(node, key));
    return this.entry(node, last);
  }

  private entry(node: NameNode, key: string): NameEntry {
    let entry = node.entries.get(key);
    if (!entry) {
      const reshapes = { always: false, lists: false, texts: false };
      entry = { key, node, slot: -1, textMayHoldFields: false, listMayHoldFields: false, reshapes };
      node.entries.set(key, entry);
    }
    return entry;
  }

  private childOf(entry: NameEntry): NameNode {
    return (entry.child ??= this.newNode());
  }

  private newNode(): NameNode {
    const node: NameNode = { id: this.nodes.length + 1, container: 0, entries: new Map() };
    this.nodes.push(node);
    return node;
  }
}
