import type { Criticality, Entity, FindingSummary, Severity } from '#contracts';
import { highestCriticality, highestSeverity, plainTactic } from '#libs/terms';

const IMPACT: Record<Severity, number> = {
  UNKNOWN: 0.3,
  INFORMATIONAL: 0.1,
  LOW: 0.35,
  MEDIUM: 0.55,
  HIGH: 0.8,
  CRITICAL: 0.95,
  FATAL: 1,
};
const CONTEXT: Record<Criticality, number> = { UNKNOWN: 0.7, LOW: 0.5, MEDIUM: 0.7, HIGH: 0.85, CRITICAL: 1 };
/** Tactics near the attacker's aim; the impact weighs more by so much each has. */
const GRAVE: Record<string, number> = {
  impact: 1.25,
  exfiltration: 1.25,
  'credential-access': 1.2,
  'lateral-movement': 1.15,
  'command-and-control': 1.1,
  'privilege-escalation': 1.1,
};
/** @returns how near the gravest of these tactics is to the attacker's aim; 1 where none is. */
export const gravityOf = (tactics: string[]): number =>
  Math.max(1, ...tactics.map((tactic) => GRAVE[plainTactic(tactic)] ?? 1));

/** Each further technique makes it more certain that this is an attack. */
const PER_TECHNIQUE = 4;
const WITH_INDICATOR = 90;
/** A case opened by a person without findings: somebody saw something. */
const BY_PERSON = 50;

/** @returns the highest severity of the findings, or the given one without findings. */
export const severityOf = (findings: FindingSummary[], otherwise: Severity): Severity =>
  highestSeverity(findings.map(({ severity }) => severity)) ?? otherwise;

const count = (many: number, word: string): string => (many <= 1 ? '' : `${many} ${word}s`);

interface Weighed {
  /** 0 to 100. */
  priority: number;
  because: string;
}

const confidenceOf = (findings: FindingSummary[]): number => {
  if (findings.length === 0) return BY_PERSON;
  const techniques = new Set(findings.flatMap(({ techniques: own }) => own)).size;
  const best = Math.max(...findings.map(({ confidence }) => confidence)) + Math.max(0, techniques - 1) * PER_TECHNIQUE;
  return Math.min(100, findings.some(({ knownIndicator }) => knownIndicator) ? Math.max(best, WITH_INDICATOR) : best);
};

/**
 * Priority = impact x confidence x business context, with its reasons in words, such as
 * "domain controllers, critical; credential access; known indicator".
 */
export const priorityOf = (severity: Severity, findings: FindingSummary[], entities: Entity[]): Weighed => {
  const criticality = highestCriticality(findings.map((one) => one.criticality));
  const tactics = new Set(findings.flatMap(({ tactics: own }) => own.map(plainTactic)));
  const grave = Object.entries(GRAVE)
    .filter(([tactic]) => tactics.has(tactic))
    .sort(([, a], [, b]) => b - a);
  const impact = Math.min(1, IMPACT[severity] * (grave[0]?.[1] ?? 1));
  const confidence = confidenceOf(findings);
  const groups = [
    ...new Set(findings.filter((one) => one.criticality === criticality).flatMap(({ assetGroups }) => assetGroups)),
  ].sort();
  const hosts = new Set(
    entities.filter(({ kind }) => kind === 'host').map(({ value }) => value.toLowerCase().split('.')[0]),
  ).size;
  const reasons = [
    criticality === 'UNKNOWN'
      ? ''
      : `${groups.slice(0, 2).join(' and ').replaceAll('-', ' ') || 'asset'}, ${criticality.toLowerCase()}`,
    ...grave.slice(0, 2).map(([tactic]) => tactic.replaceAll('-', ' ')),
    findings.some(({ knownIndicator }) => knownIndicator) ? 'known indicator' : '',
    `severity ${severity.toLowerCase()}`,
    count(findings.length, 'finding'),
    count(hosts, 'host'),
    findings.length === 0 ? 'opened by a person' : `confidence ${confidence} %`,
  ];
  return {
    priority: Math.round(impact * confidence * CONTEXT[criticality]),
    because: reasons.filter((reason) => reason !== '').join('; '),
  };
};
