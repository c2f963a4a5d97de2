import type { CaseFact, FindingSummary } from '#contracts';
import { cut } from '#libs/model';
import { severityRank } from '#libs/terms';
import { gravityOf } from './priority.js';
import type { CaseState } from './state.js';

export const TITLE_LENGTH = 300;

/** What makes a finding worse than another, the weightiest first. */
const badness = ({ severity, knownIndicator, tactics, confidence }: FindingSummary): number[] => [
  severityRank(severity),
  Number(knownIndicator),
  gravityOf(tactics),
  confidence,
];

const isWorse = (one: FindingSummary, than: FindingSummary): boolean => {
  const [a, b] = [badness(one), badness(than)];
  const decides = a.findIndex((value, index) => value !== b[index]);
  return decides >= 0 && a[decides]! > b[decides]!;
};

/** The worst finding; of equals the first, so that nothing is renamed for another of the same. */
export const worstOf = (findings: FindingSummary[]): FindingSummary | undefined =>
  findings.reduce<FindingSummary | undefined>((worst, one) => (!worst || isWorse(one, worst) ? one : worst), undefined);

/** What a case is called after its worst finding: what was found, and where. */
export const titleOf = ({ title, entities }: FindingSummary): string => {
  const where =
    entities.find(({ kind }) => kind === 'host') ??
    entities.find(({ kind }) => ['user', 'cloud-principal', 'mailbox'].includes(kind));
  return where ? `${title} on ${where.value}` : title;
};

/** What a case with these findings is called: after the worst of them, unless a person named it. */
export const titleWith = (state: CaseState, findings: FindingSummary[]): string => {
  const worst = worstOf(findings);
  return !worst || state.namedByHand ? state.title : cut(titleOf(worst), TITLE_LENGTH);
};

/** The case is called otherwise once its findings say something worse; what a person called it stays. */
export const titledAnew = (caseId: string, state: CaseState, findings: FindingSummary[], at: number): CaseFact[] => {
  const title = titleWith(state, findings);
  const worst = worstOf(findings);
  return !worst || title === state.title
    ? []
    : [{ type: 'case.titled', caseId, title, findingId: worst.findingId, at }];
};
