import type { Criticality, Severity } from '#contracts';

/** Severities of OCSF, the least first. */
export const SEVERITIES: readonly Severity[] = [
  'UNKNOWN',
  'INFORMATIONAL',
  'LOW',
  'MEDIUM',
  'HIGH',
  'CRITICAL',
  'FATAL',
];

/** 0 for the least. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

export const isAtLeast = (severity: Severity, floor: Severity): boolean =>
  severityRank(severity) >= severityRank(floor);

/** How much an asset or identity matters to its owner, the least first. */
export const CRITICALITIES: readonly Criticality[] = ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** 0 for the least. */
export const criticalityRank = (criticality: Criticality): number => CRITICALITIES.indexOf(criticality);

const highest = <Level>(order: readonly Level[], levels: readonly Level[]): Level | undefined =>
  order.findLast((level) => levels.includes(level));

/** @returns undefined where there are none. */
export const highestSeverity = (severities: readonly Severity[]): Severity | undefined =>
  highest(SEVERITIES, severities);

/** @returns UNKNOWN where there are none. */
export const highestCriticality = (criticalities: readonly Criticality[]): Criticality =>
  highest(CRITICALITIES, criticalities) ?? 'UNKNOWN';
