/** What the policy is asked, and what it says; the policy itself is the contract `vigie.TenantPolicy`. */
import type { PolicyDecision, TargetType, TenantPolicy } from '#contracts';

/** Without `escalateIfUnreachableAfterMinutes` waiting for an answer never ends in acting. */
export type ResponsePolicy = Omit<TenantPolicy, 'approvalMinutes'>;

export interface PolicyTarget {
  kind: TargetType;
  /** As we call it, for words: `host:web01`. */
  entity: string;
  /** Every name it is known by: ours, those registered with it, the vendor's. */
  names: string[];
  /** It is, or by one of these names may be, a CRITICAL asset or identity. */
  critical: boolean;
  /** It is, or by one of these names may be, a privileged identity. */
  privileged: boolean;
}

export interface PolicyAction {
  actionClass: string;
  openc2Action: string;
  target: PolicyTarget;
  reversible: boolean;
}

/** As many hosts were acted on without a person as the policy lets. */
export interface HostsOver {
  /** Others than the target. */
  hosts: number;
  limit: number;
  /** The time that is counted. */
  hours: number;
}

export interface PolicyContext {
  severity: string;
  /** 0-100. */
  confidence: number;
  /** Of the target, and of nothing else in its case. */
  assetGroups: string[];
  businessHours: boolean;
  /** The tenant has a connector that can do it. */
  offered: boolean;
  approved: boolean;
  /** Nothing is told where there is no such bound, or where it is not reached. */
  over?: HostsOver | undefined;
  /** What it answers was found too long ago to be acted on without a person. */
  late?: boolean | undefined;
  /** Somebody said no to the same in its case, or took it back. */
  refused?: boolean | undefined;
  /** Every contact was tried for `escalateIfUnreachableAfterMinutes` and nobody answered. */
  unreachable: boolean;
}

export interface Authorization {
  decision: PolicyDecision;
  /** `exclusion:<entity>`, `no-connector`, `guard:<name>`, `override:<id>` or `default`: a row of the decision table. */
  rule: string;
  /** One sentence for people. */
  because: string;
}
