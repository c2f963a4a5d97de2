import type { Limits } from '#libs/sigma';

/** What all rules that run for everybody may ask for, beyond what holds for each: what the engine allows. */
export const OPERATOR_LIMITS: Partial<Limits> = {};

/**
 * The same of one tenant's own: some ten times what all of SigmaHQ's rules for one product need. There may be a
 * thousand tenants in a process.
 */
export const TENANT_LIMITS: Partial<Limits> = {
  allRules: 2_000,
  allFilters: 100,
  allNodes: 500_000,
  allTexts: 100_000,
  allBytes: 2 * 1024 * 1024,
  allParts: 200_000,
  allExpressions: 1_000,
  allFields: 1_000,
  allLaidOut: 400_000,
  allCareful: 256 * 1024,
};
