import type { ReplayOutcome } from './replay.js';
import { shareOf, volumeOf, scoreOf, type Score } from './score.js';
import { plainTactic, sameTechnique } from './techniques.js';

/** What is known of a recorded attack: its techniques; its tactics where those alone tell what it was. */
export type Label = { name: string; techniques: string[]; tactics: string[]; recordings: string[] };

type Finding = ReplayOutcome['findings'][number];

/** A finding speaks of the attack: its rule names a technique of it, or, where the label has tactics, one of those. */
const stands = (finding: Finding, { techniques, tactics }: Label): boolean =>
  finding.techniques.some((one) => techniques.some((other) => sameTechnique(one, other))) ||
  finding.tactics.some((one) => tactics.some((other) => plainTactic(one) === plainTactic(other)));

/** What there is to find: every technique of the attack, or the attack as a whole where its label has tactics. */
const wantedOf = (label: Label): { name: string; found(finding: Finding): boolean }[] =>
  label.tactics.length > 0
    ? [{ name: label.name, found: (finding) => stands(finding, label) }]
    : [...new Set(label.techniques)].map((technique) => ({
        name: `${label.name}: ${technique}`,
        found: ({ techniques }) => techniques.some((one) => sameTechnique(one, technique)),
      }));

/**
 * Findings against labels. Recall counts techniques (or attacks, see `wantedOf`); precision counts findings that speak
 * of the attack, a lower bound: labels name what was rehearsed, recordings hold what else it took, and what the machine
 * does anyway.
 */
export const scoreByLabels = (
  named: Pick<Score, 'source' | 'rules'>,
  labels: readonly Label[],
  outcomes: ReadonlyMap<string, ReplayOutcome>,
): Score => {
  const failures: Pick<Score, 'missed' | 'false'> = { missed: [], false: [] };
  const all = labels
    .map((label) => ({ label, outcomes: label.recordings.flatMap((path) => outcomes.get(path) ?? []) }))
    .filter(({ outcomes: some }) => some.length > 0);
  let [wanted, standing, seen] = [0, 0, 0];
  for (const { label, outcomes: some } of all) {
    const findings = some.flatMap((outcome) => outcome.findings);
    const missed = wantedOf(label).filter(({ found }) => !findings.some(found));
    wanted += wantedOf(label).length;
    failures.missed.push(...missed.map(({ name }) => name));
    const speaking = findings.filter((finding) => stands(finding, label));
    standing += speaking.length;
    if (speaking.length > 0) seen++;
    failures.false.push(
      ...findings.filter((finding) => !stands(finding, label)).map(({ title }) => `${label.name}: ${title}`),
    );
  }
  const volume = volumeOf(
    all.flatMap(({ outcomes: some }) =>
      some.map(({ events, matches, findings, cases }) => ({
        events,
        matches: matches.length,
        findings: findings.length,
        cases,
      })),
    ),
  );
  return {
    ...scoreOf(
      named,
      volume,
      shareOf(wanted - failures.missed.length, wanted),
      shareOf(standing, volume.findings),
      failures,
    ),
    attacks: shareOf(seen, all.length),
  };
};
