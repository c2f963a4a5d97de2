import type { Meter } from './evaluate/budget.js';
import { BadEvent } from './errors.js';
import type { Expression } from './rule/expression.js';
import { kernelFor, type SavedImage } from './kernel/index.js';
import { envelopeIn, readerWithin } from './evaluate/envelope.js';
import { explain } from './evaluate/explain.js';
import { EventView, parseEvent } from './evaluate/event-view.js';
import { link, type Check } from './evaluate/link.js';
import { kindOf, listOf, logsourcesIn, remember } from './evaluate/logsources.js';
import { Nearness } from './evaluate/near-misses.js';
import { covers } from './rule/filter.js';
import { builtIn } from './sources/index.js';
import { Searches } from './evaluate/searches.js';
import type {
  CompileOptions,
  Correlation,
  Explanation,
  Failure,
  Logsource,
  NearMiss,
  Pipeline,
  Rule,
  RuleSet,
  SigmaEvent,
} from './types.js';

export type Checked = { readonly rule: Rule; readonly condition: Expression };
/** A rule and its place among all; linked for the plain evaluator when it is first asked. */
class Ready implements Checked {
  check: Check | undefined;

  constructor(
    private readonly checked: Checked,
    readonly place: number,
  ) {}

  get rule(): Rule {
    return this.checked.rule;
  }

  get condition(): Expression {
    return this.checked.condition;
  }
}

const NEAR_MISSES = 10;

type Content = Omit<CompileOptions, 'placeholders'> & {
  checked: readonly Checked[];
  correlations: readonly Correlation[];
  failures: readonly Failure[];
  saved?: SavedImage;
};

/** What a rule set is made of, for those who save it. */
type Made = Pick<Content, 'checked' | 'correlations' | 'failures'> & { image(): SavedImage | undefined };
const made = new WeakMap<RuleSet, Made>();

/** @throws when it is no rule set of this library */
export const contentOf = (ruleSet: RuleSet): Made => {
  const content = made.get(ruleSet);
  if (!content) throw new TypeError('not a compiled rule set');
  return content;
};

/** Rules ready to run. Everything an event needs is scratch inside the view: calls do not depend on each other. */
export const ruleSetOf = ({
  checked,
  correlations,
  failures,
  pipeline = builtIn,
  engine = 'kernel',
  clock,
  watches = 'expressions',
  saved,
}: Content): RuleSet => {
  const searches = new Searches(() => checked);
  const view = new EventView(searches);
  const rules = checked.map((one, place) => new Ready(one, place));
  const awake = rules.filter(({ rule }) => rule.needs.length === 0);
  const partitions = remember(covering(awake));
  const kernel = kernelFor(engine, awake, partitions, view, pipeline, clock, saved);
  const show = (event: SigmaEvent): readonly Ready[] => partitions(showIn(view, event, pipeline));
  const nearness = new Nearness(view);
  const checkOf = (one: Ready): Check => (one.check ??= link(one.condition, view));
  const holds = (one: Ready): boolean => checkOf(one)();
  const places = (event: SigmaEvent): number[] => kernel.match(event) ?? placesOf(show(event).filter(holds));
  const { match, rests } = metered(searches, watches === 'everything', places, (place) => rules[place]!.rule.id);
  const ruleSet: RuleSet = {
    rules: checked.map(({ rule }) => rule),
    correlations,
    failures,
    match: (event, meter) => bounded(() => match(event, meter)),
    explain: (ruleId, event, meter) =>
      bounded((): Explanation[] => {
        searches.meter = meter;
        const one = show(event).find(({ rule }) => rule.id === ruleId);
        return one && !rests(meter)(one.place) && checkOf(one)() ? explain(one.condition, view) : [];
      }),
    nearly: (event, { limit = NEAR_MISSES } = {}) =>
      bounded(() => {
        searches.meter = undefined;
        return nearMisses(show(event), nearness, limit);
      }),
    read: (event, fields) =>
      bounded(() => {
        show(event);
        return textsIn(view, fields);
      }),
    work: () => kernel.work(),
    costs: () => kernel.accounts().map(({ place, ...cost }) => ({ ruleId: rules[place]!.rule.id, ...cost })),
  };
  made.set(ruleSet, { checked, correlations, failures, image: () => kernel.save() });
  return ruleSet;
};

/** Puts an event before the plain evaluator. @returns the logsources it belongs to */
const showIn = (
  view: EventView,
  { native, envelope, logsource }: SigmaEvent,
  pipeline: Pipeline,
): readonly Logsource[] => {
  const json = parseEvent(native);
  const kind = typeof logsource === 'string' ? logsource : kindOf(logsource);
  const mapping = kind && pipeline[kind];
  const reader = readerWithin(json, mapping, envelopeIn(envelope));
  view.show(reader);
  return typeof logsource === 'string' ? (mapping ? logsourcesIn(mapping, reader) : []) : listOf(logsource);
};

const placesOf = (rules: readonly Ready[]): number[] => rules.map(({ place }) => place);

const nearMisses = (rules: readonly Ready[], nearness: Nearness, limit: number): NearMiss[] =>
  rules
    .map(({ rule, condition }): NearMiss => ({ ruleId: rule.id, ...nearness.of(condition) }))
    .filter(({ matched, missing }) => missing.length === 1 && matched.length > 0)
    .sort((a, b) => b.matched.length - a.matched.length)
    .slice(0, limit);

/** The text of fields of the event that is shown; absent ones are left out. */
const textsIn = (view: EventView, fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const text = view.current(view.slot(field)).texts(0)[0];
      return text === undefined ? [] : [[field, text]];
    }),
  );

/**
 * Matches on somebody's account: what rests for him does not match.
 * @param isWatched all rules together are watched too.
 */
const metered = (
  searches: Searches,
  isWatched: boolean,
  places: (event: SigmaEvent) => number[],
  idOf: (place: number) => string,
) => {
  const whole = isWatched ? searches.whole() : undefined;
  const rests = (meter: Meter | undefined): ((place: number) => boolean) =>
    !meter || meter.isClear ? () => false : meter.restingPlaces(searches.watched);
  return {
    rests,
    match: (event: SigmaEvent, meter: Meter | undefined): string[] => {
      searches.meter = meter;
      if (whole && meter?.isAside(whole)) return [];
      const found = whole && meter ? meter.watch(whole, () => places(event)) : places(event);
      if (found.length === 0) return [];
      const isResting = rests(meter);
      return found.filter((place) => !isResting(place)).map(idOf);
    },
  };
};

/** The rules that run for some logsources, in order. Rules have few logsources, so those are asked, not each rule. */
const covering = (rules: readonly Ready[]): ((logsources: readonly Logsource[]) => Ready[]) => {
  const byLogsource = new Map<string, [Logsource, Ready[]]>();
  for (const one of rules) {
    const { product, category, service } = one.rule.logsource;
    const key = JSON.stringify([product, category, service]);
    const group = byLogsource.get(key);
    if (group) group[1].push(one);
    else byLogsource.set(key, [one.rule.logsource, [one]]);
  }
  return (logsources) =>
    [...byLogsource.values()]
      .filter(([own]) => logsources.some((logsource) => covers(own, logsource)))
      .flatMap(([, group]) => group)
      .sort((a, b) => a.place - b.place);
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
