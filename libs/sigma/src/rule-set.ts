import { BadEvent } from './errors.js';
import type { Expression } from './expression.js';
import { explain } from './match/explain.js';
import { EventView, parseEvent } from './match/event-view.js';
import { link, type Check } from './match/link.js';
import { holds, readerOf, type Reader } from './match/reader.js';
import { textOf } from './match/text.js';
import { covers } from './parse/filter.js';
import type { Correlation, Explanation, Failure, Logsource, Pipeline, Rule, RuleSet, SigmaEvent, SourceKind, SourceMapping } from './types.js';

export type Checked = { rule: Rule; condition: Expression };
type Linked = Checked & { check: Check };

/** Bounds on what is remembered per combination of values an event brings along. */
const MAX_REMEMBERED = 4_096;

/** Rules ready to run. Everything an event needs is scratch inside the view: calls do not depend on each other. */
export const ruleSetOf = (checked: readonly Checked[], correlations: readonly Correlation[], failures: readonly Failure[], pipeline: Pipeline): RuleSet => {
  const view = new EventView();
  const linked = checked.map((one): Linked => ({ ...one, check: link(one.condition, view) }));
  const awake = linked.filter(({ rule }) => rule.needs.length === 0);
  const partitions = remember((logsources: readonly Logsource[]) => awake.filter(({ rule }) => logsources.some((logsource) => covers(rule.logsource, logsource))));
  const show = (event: SigmaEvent): readonly Linked[] => {
    const json = parseEvent(event.native);
    const kind = typeof event.logsource === 'string' ? event.logsource : kindOf(event.logsource);
    const mapping = kind && pipeline[kind];
    const reader = readerOf(json, mapping);
    view.show(reader);
    return partitions(typeof event.logsource === 'string' ? mapping ? logsourcesIn(mapping, reader) : [] : listOf(event.logsource));
  };
  return {
    rules: checked.map(({ rule }) => rule),
    correlations,
    failures,
    match: (event) => bounded(() => show(event).filter(({ check }) => check()).map(({ rule }) => rule.id)),
    explain: (ruleId, event) => bounded((): Explanation[] => {
      const one = show(event).find(({ rule }) => rule.id === ruleId);
      return one?.check() ? explain(one.condition, view) : [];
    }),
    read: (event, fields) => bounded(() => {
      show(event);
      return Object.fromEntries(fields.flatMap((field) => {
        const text = view.current(view.slot(field)).texts(0)[0];
        return text === undefined ? [] : [[field, text]];
      }));
    }),
  };
};

/** An event nested so deeply that the stack ends is a bad event, not a fault of the program. */
const bounded = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new BadEvent('nested too deeply');
    throw error;
  }
};

const listOf = (logsource: Logsource | readonly Logsource[]): readonly Logsource[] => (isList(logsource) ? logsource : [logsource]).map(lowered);
const isList = (logsource: Logsource | readonly Logsource[]): logsource is readonly Logsource[] => Array.isArray(logsource);
const lowered = ({ product, category, service }: Logsource): Logsource => ({ product: product?.toLowerCase(), category: category?.toLowerCase(), service: service?.toLowerCase() });

const keyOf = ({ product = '', category = '', service = '' }: Logsource): string => JSON.stringify([product, category, service]);

const remember = <T>(compute: (logsources: readonly Logsource[]) => T): ((logsources: readonly Logsource[]) => T) => {
  const byObject = new WeakMap<readonly Logsource[], T>();
  const byKey = new Map<string, T>();
  return (logsources) => {
    const known = byObject.get(logsources);
    if (known !== undefined) return known;
    const key = logsources.map(keyOf).join();
    const value = byKey.get(key) ?? compute(logsources);
    if (byKey.size < MAX_REMEMBERED) byKey.set(key, value);
    byObject.set(logsources, value);
    return value;
  };
};

const KINDS: Record<string, SourceKind> = { windows: 'windows', aws: 'cloudtrail', okta: 'okta', suricata: 'suricata' };

/** The kind whose mapping fits a product, when there is one. */
export const kindOf = (logsource: Logsource | readonly Logsource[]): SourceKind | undefined => {
  for (const { product } of isList(logsource) ? logsource : [logsource]) {
    const kind = KINDS[product?.toLowerCase() ?? ''];
    if (kind) return kind;
  }
  return undefined;
};

const remembered = new WeakMap<SourceMapping, Map<string, readonly Logsource[]>>();

/** The logsources one native event belongs to: all of those whose conditions hold. */
export const logsourcesIn = (mapping: SourceMapping, reader: Reader): readonly Logsource[] => {
  const key = mapping.selectors.map((field) => textOf(reader.find(field) ?? null)).join('\u0000');
  const known = remembered.get(mapping) ?? new Map<string, readonly Logsource[]>();
  remembered.set(mapping, known);
  const before = known.get(key);
  if (before) return before;
  const found = mapping.logsources.filter(({ when }) => holds(when, reader.find)).map(({ logsource }) => logsource);
  if (known.size < MAX_REMEMBERED) known.set(key, found);
  return found;
};
