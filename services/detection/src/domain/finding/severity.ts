import type { EventContext, Severity } from '#contracts';
import { isAtLeast, SEVERITIES, severityRank } from '#libs/terms';
import type { Detection } from '../hits/hit.js';

/** An indicator counts from this confidence on, of 100. */
export const INDICATOR_COUNTS_FROM = 50;

export const knownIndicators = (contexts: EventContext[]) =>
  contexts.flatMap(({ indicators }) => indicators).filter(({ confidence }) => confidence >= INDICATOR_COUNTS_FROM);

const isCritical = ({ asset, identity }: EventContext): boolean =>
  asset?.criticality === 'CRITICAL' || identity?.criticality === 'CRITICAL';

/**
 * The rule's level; one step more when a critical asset or identity is concerned or a known indicator was seen,
 * CRITICAL at most.
 */
export const severityOf = ({ level }: Pick<Detection, 'level'>, contexts: EventContext[]): Severity => {
  const raise = contexts.some(isCritical) || knownIndicators(contexts).length > 0;
  return raise && !isAtLeast(level, 'CRITICAL') ? (SEVERITIES[severityRank(level) + 1] ?? level) : level;
};

/** How often rules of a status are right, roughly. */
const OF_STATUS: Record<string, number> = { stable: 80, test: 70, experimental: 50, deprecated: 30, unsupported: 30 };
const OF_LEVEL: Partial<Record<Severity, number>> = { INFORMATIONAL: -20, LOW: -10, HIGH: 5, CRITICAL: 10 };
const OF_INDICATOR = 15;

/** 0 to 100: by the rule's status and level, more when a known indicator was seen in the same events. */
export const confidenceOf = (
  { status, level }: Pick<Detection, 'status' | 'level'>,
  contexts: EventContext[],
): number => {
  const known = knownIndicators(contexts).length > 0 ? OF_INDICATOR : 0;
  return Math.max(0, Math.min(100, (OF_STATUS[status] ?? 50) + (OF_LEVEL[level] ?? 0) + known));
};
