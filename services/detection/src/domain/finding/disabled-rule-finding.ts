import type { FindingRaised } from '#contracts';
import { idOf } from '#libs/model';
import { HOUR_MS } from '#libs/terms';

/** Id of the detection of our own health: a rule that was put aside while it ran. */
export const RULE_DISABLED = 'vigie.rule-disabled';

const RUNBOOK = `Triage: which expression is named, and what does the rule look for? Events it would have matched are found by no one else.
Scope: hunt for the same since the time of this finding.
Contain: nothing is under attack by this alone; somebody may have sent events made to be slow.
Recover: it is tried again by itself a minute later. If it does not stay: write the expression so that it does not begin again at every letter, or with contains, startswith and endswith.`;

/** A rule that rests for a tenant. */
export interface DisabledRule {
  ruleId: string;
  title: string;
  /** Of its text. */
  version: string;
  /** Why, and which expression. */
  reason: string;
  pattern: string;
  /** Epoch ms. */
  at: number;
}

/** A finding that says so; within an hour the same rule in the same text gives the same finding. */
export const disabledFinding = (
  scope: string,
  { ruleId, title, version, reason, pattern, at }: DisabledRule,
): FindingRaised => {
  const windowStart = Math.floor(at / HOUR_MS) * HOUR_MS;
  return {
    type: 'finding.raised',
    findingId: idOf(scope, RULE_DISABLED, ruleId, version, windowStart),
    rule: {
      id: RULE_DISABLED,
      title: `A rule was switched off: ${title.slice(0, 200)}`,
      level: 'MEDIUM',
      runbook: RUNBOOK,
      falsePositives: [],
      description: `The rule ${ruleId} takes too long on events of this tenant, so it matches none of them until it has rested: ${reason}.`,
    },
    ruleVersion: version,
    groupKey: ruleId,
    windowStart,
    windowEnd: windowStart + HOUR_MS,
    severity: 'MEDIUM',
    confidence: 100,
    techniques: [],
    tactics: [],
    entities: [],
    source: '',
    kind: 'UNKNOWN',
    occurredAt: at,
    ingestedAt: at,
    detectedAt: at,
    events: [],
    eventsTruncated: false,
    explanation: [{ selection: 'expression', field: '', value: pattern.slice(0, 1_024) }],
    assets: [],
    identities: [],
    indicators: [],
  };
};
