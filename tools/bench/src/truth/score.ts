import { round } from '../figures.js';

/** So many of so many; `value` is null when there was nothing to find. */
export type Share = { found: number; of: number; value: number | null };

export const shareOf = (found: number, of: number): Share => ({
  found,
  of,
  value: of === 0 ? null : round(found / of, 3),
});

/** What one set of rules made of one labelled set. */
export type Score = {
  source: string;
  rules: string;
  /** Of what is labelled as an attack, how much was found. */
  recall: Share;
  /** Of what was raised, how much a label stands behind. */
  precision: Share;
  /** Of the attacks (recordings of one label), how many had a finding that speaks of them. */
  attacks?: Share;
  events: number;
  matches: number;
  findings: number;
  cases: number;
  eventsPerFinding: number | null;
  findingsPerCase: number | null;
  /** By name: labelled and not found. */
  missed: string[];
  /** By name: raised without a label behind it. */
  false: string[];
};

/** How much came of it: events, matches (an event and a rule), findings (a rule, a group, a window), cases. */
export type Volume = Pick<Score, 'events' | 'matches' | 'findings' | 'cases'>;

export const volumeOf = (outcomes: readonly Volume[]): Volume => {
  const sum = (name: keyof Volume): number => outcomes.reduce((total, one) => total + one[name], 0);
  return { events: sum('events'), matches: sum('matches'), findings: sum('findings'), cases: sum('cases') };
};

export const scoreOf = (
  named: Pick<Score, 'source' | 'rules'>,
  volume: Volume,
  recall: Share,
  precision: Share,
  failures: Pick<Score, 'missed' | 'false'>,
): Score => ({
  ...named,
  recall,
  precision,
  ...volume,
  eventsPerFinding: volume.findings === 0 ? null : round(volume.events / volume.findings, 1),
  findingsPerCase: volume.cases === 0 ? null : round(volume.findings / volume.cases, 1),
  missed: [...new Set(failures.missed)].sort(),
  false: [...new Set(failures.false)].sort(),
});
