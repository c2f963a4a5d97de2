import type { CaseStatus } from '#contracts';

/** Resolved or closed: the work on it is done, its clocks stand, and it waits for nobody. */
export const isCaseDone = (status: CaseStatus): boolean => status === 'RESOLVED' || status === 'CLOSED';
