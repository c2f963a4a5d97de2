import type { Severity } from '#contracts';

export interface FindingJournal {
  findingId: string;
  /** Null until the finding itself was heard: where it was placed may be heard first. */
  raised: {
    ruleId: string;
    title: string;
    severity: Severity;
    techniques: string[];
    source: string;
    occurredAt: number;
    ingestedAt: number;
    detectedAt: number;
  } | null;
  /** Matches seen so far at an instant, growing. */
  counts: { count: number; at: number }[];
  /** Cases it was placed in, by version of the clustering stream. */
  places: { version: number; caseId: string; at: number }[];
}
