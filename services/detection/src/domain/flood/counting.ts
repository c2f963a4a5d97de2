import { HOUR_MS } from '#libs/terms';
/**
 * How many new findings a rule may raise at a tenant within an hour, and all rules together; what goes beyond is
 * counted in one finding that says so. Hours are the broker's, of the records that bring the events, so that whatever
 * is processed again decides the same, and nobody escapes by the times that events claim.
 */

/** What floods: a rule, or all of them together. */
export type FloodKind = 'rule' | 'all';

export interface FloodLimits {
  perRule: number;
  inAll: number;
}

const LEAST_SHARE = 0.1;

/**
 * Of what may be raised in all, the part of one of several places that count alone; a tenth at least, since groups do
 * not spread evenly.
 */
export const shareOf = ({ perRule, inAll }: FloodLimits, places: number): FloodLimits => {
  const share = Math.max(LEAST_SHARE, 1 / places);
  return { perRule: Math.ceil(perRule * share), inAll: Math.ceil(inAll * share) };
};

/** New findings of a tenant in an hour, by rule. */
export interface RaisedInHour {
  /** Begins, epoch ms by the broker's clock. */
  hour: number;
  all: number;
  rules: Record<string, number>;
}

/** By tenant. */
export type Floods = Map<string, RaisedInHour>;

export const hourOf = (recordedAt: number): number => Math.floor(recordedAt / HOUR_MS) * HOUR_MS;

/** What is counted of a tenant, to go on with: a copy, or nothing yet when the hour is another. */
export const countedIn = (before: RaisedInHour | undefined, recordedAt: number): RaisedInHour => {
  const hour = hourOf(recordedAt);
  // Without a prototype: ids of rules are a tenant's to choose, and `__proto__` would count nothing.
  const rules = (of: RaisedInHour['rules'] = {}): RaisedInHour['rules'] =>
    Object.assign(Object.create(null) as RaisedInHour['rules'], of);
  return before && before.hour >= hour ? { ...before, rules: rules(before.rules) } : { hour, all: 0, rules: rules() };
};

/**
 * Whether one more new finding of a rule is raised: then it is counted, in place.
 * @returns what floods otherwise: the rule, or all of them
 */
export const floods = (
  counted: RaisedInHour,
  ruleId: string,
  { perRule, inAll }: FloodLimits,
): FloodKind | undefined => {
  const ofRule = counted.rules[ruleId] ?? 0;
  if (ofRule >= perRule) return 'rule';
  if (counted.all >= inAll) return 'all';
  counted.all += 1;
  counted.rules[ruleId] = ofRule + 1;
  return undefined;
};

/** Hours that are over say nothing. */
export const overBy = (floods: Floods, recordedAt: number): string[] =>
  [...floods].filter(([, { hour }]) => hour < hourOf(recordedAt)).map(([tenant]) => tenant);
