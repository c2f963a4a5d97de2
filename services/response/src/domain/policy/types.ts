/** The response policy as plain data, shaped as the contract `vigie.TenantPolicy`. */

/** AUTHORIZE: the provider acts. COLLABORATE: acts once the customer agrees. NOTIFY: only says what to do. */
export type Mode = 'AUTHORIZE' | 'COLLABORATE' | 'NOTIFY';
export type Decision = 'EXECUTE' | 'ASK' | 'GUIDE' | 'FORBID';
export type Hours = 'ANY' | 'BUSINESS' | 'OUT_OF_HOURS';

/** A finer mode for some actions. An empty list, a `minConfidence` of 0 and hours ANY set no condition. */
export interface PolicyOverride {
  id: string;
  mode: Mode;
  actionClasses: string[];
  assetGroups: string[];
  severities: string[];
  minConfidence: number;
  hours: Hours;
}

/** An asset or identity that is never touched; `entity` is `host:web01` or `user:alice`. */
export interface Exclusion {
  entity: string;
  reason: string;
}

export interface Policy {
  version: number;
  mode: Mode;
  overrides: PolicyOverride[];
  exclusions: Exclusion[];
  /** null: waiting for an answer never ends in acting. */
  escalateIfUnreachableAfterMinutes: number | null;
  /** The classes that may proceed when nobody answers; an empty list is none of them. */
  unreachableClasses: string[];
}

export interface PolicyTarget {
  kind: 'HOST' | 'USER';
  /** As we call it, for words: `host:web01`. */
  entity: string;
  /** Every name it is known by: ours, those registered with it, the vendor's. */
  names: string[];
}

export interface PolicyAction {
  actionClass: string;
  openc2Action: string;
  target: PolicyTarget;
  reversible: boolean;
}

export interface PolicyContext {
  severity: string;
  /** 0-100. */
  confidence: number;
  /** Of the target, and of nothing else in its case. */
  assetGroups: string[];
  businessHours: boolean;
  approved: boolean;
  /** Every contact was tried for `escalateIfUnreachableAfterMinutes` and nobody answered. */
  unreachable: boolean;
}

export interface Authorization {
  decision: Decision;
  /** `exclusion:<entity>`, `override:<id>` or `default`: a row of the decision table. */
  rule: string;
  /** One sentence for people. */
  because: string;
}
