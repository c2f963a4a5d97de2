import { idOf } from '#libs/model';
import { groupKeyOf, type Fired, type Rule, type RuleSet, type SigmaEvent } from '#libs/sigma';

const LONGEST_KEY = 512;

/** What findings are grouped by, no longer than others may have to show: what is cut off still tells groups apart. */
export const boundedKey = (key: string): string =>
  key.length <= LONGEST_KEY ? key : `${key.slice(0, LONGEST_KEY)} ${idOf(key)}`;

/**
 * What a rule's findings are grouped by: its fields' values, or the event's main entity when it names none or none is
 * there.
 */
export const groupKeyIn = (set: RuleSet, rule: Rule, event: SigmaEvent, entity: string): string =>
  boundedKey(groupKeyOf(set, rule, event) ?? entity);

/** The window of a rule's findings. @param otherwiseMs that of rules which name none. */
export const windowMsOf = ({ windowMinutes }: Pick<Rule, 'windowMinutes'>, otherwiseMs: number): number =>
  windowMinutes === undefined ? otherwiseMs : windowMinutes * 60_000;

/** When the window begins that a moment is in. Epoch ms. */
export const windowStartOf = (windowMs: number, occurredAt: number): number =>
  Math.floor(occurredAt / windowMs) * windowMs;

/** A match, as far as it says to which finding it belongs. */
export interface Grouped {
  ruleId: string;
  groupKey: string;
  windowMs: number;
}

/** Matches of one rule, group and window are one finding, however often and wherever they are processed. */
export const findingIdOf = (tenant: string, { ruleId, groupKey, windowMs }: Grouped, occurredAt: number): string =>
  idOf(tenant, ruleId, groupKey, Math.floor(occurredAt / windowMs));

/** The finding of a correlation that fired for a tenant, its scope. */
export const correlatedIdOf = ({
  scope,
  correlationId,
  groupKey,
  windowEnd,
}: Pick<Fired, 'scope' | 'correlationId' | 'groupKey' | 'windowEnd'>): string =>
  idOf(scope, correlationId, groupKey, windowEnd);
