import type { Outcome } from './replay.js';
import { shareOf, volumeOf, scoreOf, type Score } from './score.js';
import { plainTactic, sameTechnique } from './techniques.js';

/** What is known of a recorded attack: its techniques, and its tactics where no technique is named. */
export type Label = { name: string; techniques: string[]; tactics: string[]; recordings: string[] };

type Finding = Outcome['findings'][number];

const stands = (finding: Finding, { techniques, tactics }: Label): boolean =>
  finding.techniques.some((one) => techniques.some((other) => sameTechnique(one, other)))
  || (techniques.length === 0 && finding.tactics.some((one) => tactics.some((other) => plainTactic(one) === plainTactic(other))));

/** What there is to find: every technique of every attack; the attack itself where no technique is named. */
const wantedOf = ({ techniques, name }: Label): { name: string; found(finding: Finding, label: Label): boolean }[] =>
  techniques.length === 0 ? [{ name, found: stands }]
    : [...new Set(techniques)].map((technique) => ({ name: `${name}: ${technique}`, found: ({ techniques: mine }) => mine.some((one) => sameTechnique(one, technique)) }));

/**
 * Findings against labels. Recall counts techniques of attacks; precision counts findings whose technique the label names, a lower
 * bound: labels name what was rehearsed, recordings hold what else it took, and what the machine does anyway.
 */
export const scoreByLabels = (named: Pick<Score, 'source' | 'rules'>, labels: readonly Label[], outcomes: ReadonlyMap<string, Outcome>): Score => {
  const failures: Pick<Score, 'missed' | 'false'> = { missed: [], false: [] };
  const all = labels.map((label) => ({ label, outcomes: label.recordings.flatMap((path) => outcomes.get(path) ?? []) })).filter(({ outcomes: some }) => some.length > 0);
  let [wanted, standing] = [0, 0];
  for (const { label, outcomes: some } of all) {
    const findings = some.flatMap((outcome) => outcome.findings);
    for (const { name, found } of wantedOf(label)) {
      wanted++;
      if (!findings.some((finding) => found(finding, label))) failures.missed.push(name);
    }
    const unlabelled = findings.filter((finding) => !stands(finding, label));
    standing += findings.length - unlabelled.length;
    failures.false.push(...unlabelled.map(({ title }) => `${label.name}: ${title}`));
  }
  const volume = volumeOf(all.flatMap(({ outcomes: some }) => some.map(({ events, matches, findings, cases }) => ({ events, matches: matches.length, findings: findings.length, cases }))));
  return scoreOf(named, volume, shareOf(wanted - failures.missed.length, wanted), shareOf(standing, volume.findings), failures);
};
