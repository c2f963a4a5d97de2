import { rankedEntities, severityRank, tacticOf, type Tactic } from '#libs/terms';
import type { CaseAt } from '../journals/case-at.js';
import type { CaseJournal, JournalFinding } from '../journals/index.js';
import { addressesIn } from './addresses.js';

/** The finding a case is called after; of those that were never said so, the gravest, then the first. */
export const leadOf = ({ titles = [] }: CaseJournal, { title, findings }: CaseAt): JournalFinding | undefined => {
  const named = titles.findLast((one) => one.title === title)?.findingId;
  const gravest = Math.max(...findings.map(({ severity }) => severityRank(severity)));
  return (
    findings.find(({ findingId }) => findingId === named) ??
    findings.find((one) => title.startsWith(one.title)) ??
    findings.find(({ severity }) => severityRank(severity) === gravest)
  );
};

const nameOf = ({ entities }: JournalFinding, kinds: string[]): string | null =>
  rankedEntities(entities).find(({ kind }) => kinds.includes(kind))?.value ?? null;

export const whoOf = (finding: JournalFinding): string | null =>
  nameOf(finding, ['user', 'cloud-principal', 'mailbox']);

/** Its host; of a finding that names nobody either its address. */
export const whereOf = (finding: JournalFinding): string | null =>
  nameOf(finding, ['host']) ?? (whoOf(finding) === null ? (addressesIn(finding.entities)[0] ?? null) : null);

/** What a finding is about in ATT&CK's words: the first of its tactics that has one. */
export const aimOf = (finding: JournalFinding | undefined): Tactic | null =>
  finding?.tactics.map(tacticOf).find((one) => one !== undefined) ?? null;
