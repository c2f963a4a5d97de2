/** What reactions hear, in short. */
import type { FindingRaised } from '#contracts';
import { finding } from './samples.js';

export const one = finding('a', 'host:ws6');
export const ada = { subject: 'ada', side: 'PROVIDER' } as const;

/** The finding `one` as detection raises it, and what is special about it. */
export const raised = (special: Partial<FindingRaised> = {}): FindingRaised => {
  const { findingId, severity, confidence, techniques, tactics, entities, source } = one;
  const { occurredAt, ingestedAt, detectedAt } = one;
  return {
    type: 'finding.raised',
    findingId,
    rule: { id: 'r', title: 'T', level: 'HIGH', description: '', falsePositives: [], runbook: '' },
    ruleVersion: null,
    groupKey: 'host:ws6',
    windowStart: occurredAt,
    windowEnd: occurredAt,
    severity,
    confidence,
    techniques,
    tactics,
    entities,
    source,
    kind: 'WINDOWS',
    occurredAt,
    ingestedAt,
    detectedAt,
    events: [],
    eventsTruncated: false,
    explanation: [],
    assets: [],
    identities: [],
    indicators: [],
    ...special,
  };
};
