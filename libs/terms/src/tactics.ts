/** ATT&CK's enterprise tactics in the order in which an attack usually moves. */
export const TACTICS = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'stealth',
  'defense-evasion',
  'defense-impairment',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
] as const;
export type Tactic = (typeof TACTICS)[number];

/** A tactic as rules and vendors write it, in ATT&CK's short form: `attack.Credential_Access` is `credential-access`. */
export const plainTactic = (tactic: string): string =>
  tactic
    .toLowerCase()
    .replace(/^attack\./, '')
    .replace(/[\s_]+/g, '-');

/** @returns undefined where the word is none of ATT&CK's. */
export const tacticOf = (tactic: string): Tactic | undefined => {
  const plain = plainTactic(tactic);
  return TACTICS.find((one) => one === plain);
};
