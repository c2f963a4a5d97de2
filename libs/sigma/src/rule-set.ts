import { BadEvent } from './errors.js';
import type { Expression } from './expression.js';
import { Kernel } from './kernel/kernel.js';
import { explain } from './match/explain.js';
import { EventView, parseEvent } from './match/event-view.js';
import { link, type Check } from './match/link.js';
import { kindOf, listOf, logsourcesIn, remember } from './match/logsources.js';
import { readerOf } from './match/reader.js';
import { covers } from './parse/filter.js';
import type { Correlation, Explanation, Failure, Logsource, Pipeline, Rule, RuleSet, SigmaEvent } from './types.js';

export type Checked = { rule: Rule; condition: Expression };
/** Linked for the plain evaluator when it is first asked. */
type Ready = Checked & { place: number; check?: Check };

type Content = { checked: readonly Checked[]; correlations: readonly Correlation[]; failures: readonly Failure[]; pipeline: Pipeline; engine: 'kernel' | 'plain'; clock?: () => number };

/** Rules ready to run. Everything an event needs is scratch inside the view: calls do not depend on each other. */
export const ruleSetOf = ({ checked, correlations, failures, pipeline, engine, clock }: Content): RuleSet => {
  const view = new EventView();
  const rules = checked.map((one, place): Ready => ({ ...one, place }));
  const awake = rules.filter(({ rule }) => rule.needs.length === 0);
  const partitions = remember((logsources: readonly Logsource[]) => awake.filter(({ rule }) => logsources.some((logsource) => covers(rule.logsource, logsource))));
  const kernel = new Kernel(awake, partitions, view, pipeline, clock);
  const show = (event: SigmaEvent): readonly Ready[] => {
    const json = parseEvent(event.native);
    const kind = typeof event.logsource === 'string' ? event.logsource : kindOf(event.logsource);
    const mapping = kind && pipeline[kind];
    const reader = readerOf(json, mapping);
    view.show(reader);
    return partitions(typeof event.logsource === 'string' ? mapping ? logsourcesIn(mapping, reader) : [] : listOf(event.logsource));
  };
  const checkOf = (one: Ready): Check => (one.check ??= link(one.condition, view));
  const matchPlainly = (event: SigmaEvent): string[] => show(event).filter((one) => checkOf(one)()).map(({ rule }) => rule.id);
  const matchQuickly = (event: SigmaEvent): string[] => {
    const places = kernel.match(event);
    if (!places) return matchPlainly(event);
    return places.length === 0 ? [] : places.map((place) => rules[place]!.rule.id);
  };
  return {
    rules: checked.map(({ rule }) => rule),
    correlations,
    failures,
    match: (event) => bounded(() => (engine === 'plain' ? matchPlainly(event) : matchQuickly(event))),
    explain: (ruleId, event) => bounded((): Explanation[] => {
      const one = show(event).find(({ rule }) => rule.id === ruleId);
      return one && checkOf(one)() ? explain(one.condition, view) : [];
    }),
    read: (event, fields) => bounded(() => {
      show(event);
      return Object.fromEntries(fields.flatMap((field) => {
        const text = view.current(view.slot(field)).texts(0)[0];
        return text === undefined ? [] : [[field, text]];
      }));
    }),
    work: () => kernel.work(),
    costs: () => kernel.accounts().map(({ place, ...cost }) => ({ ruleId: rules[place]!.rule.id, ...cost })),
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
