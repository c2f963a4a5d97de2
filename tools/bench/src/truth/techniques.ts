/**
 * Techniques of ATT&CK 19, which SigmaHQ's rules name, as the labels (ATT&CK 8 to 18) name them. Only what the two
 * vocabularies call differently; a technique that is not here is its own.
 */
const BEFORE_19: Record<string, string> = {
  T1685: 'T1562.001',
  'T1685.001': 'T1562.002',
  'T1685.002': 'T1562.008',
  'T1685.004': 'T1562.012',
  'T1685.005': 'T1070.001',
  'T1685.006': 'T1070.002',
  T1686: 'T1562.004',
  'T1686.001': 'T1562.007',
  'T1686.002': 'T1562.004',
  'T1686.003': 'T1562.004',
  T1689: 'T1562.010',
};

const plain = (technique: string): string => BEFORE_19[technique.toUpperCase()] ?? technique.toUpperCase();
const parentOf = (technique: string): string => technique.split('.')[0] ?? technique;

/**
 * Whether two labels speak of one technique: the same, or one is the other's parent. Sub-techniques of one parent are
 * different.
 */
export const sameTechnique = (one: string, other: string): boolean => {
  const [a, b] = [plain(one), plain(other)];
  return a === b || parentOf(a) === b || a === parentOf(b);
};

const TACTICS_BEFORE_19: Record<string, string> = {
  stealth: 'defense-evasion',
  'defense-impairment': 'defense-evasion',
};

/** 'Defense Evasion', 'stealth' -> 'defense-evasion'. */
export const plainTactic = (tactic: string): string => {
  const name = tactic.toLowerCase().replace(/[\s_]+/g, '-');
  return TACTICS_BEFORE_19[name] ?? name;
};
