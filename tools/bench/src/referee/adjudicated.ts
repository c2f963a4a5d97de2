import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#libs/model';

/** Where the judgements lie: ids, titles, counts and reasons; no event. */
export const ADJUDICATED = join('tools', 'bench', 'adjudicated.json');

/** Why two engines differ: who is right, by which part of the Sigma specification, and why in words. */
export type Reason = { right: string; clause: string; why: string };

/** A difference that was looked at: a rule that only one engine matched, on so many lines (or hosts) at most. */
export type JudgedRule = {
  recording?: string;
  ruleId: string;
  title: string;
  only: string;
  count: number;
  reason: string;
};

/** One comparison: what with what, on what, and what was found. */
export type Judgement = { title: string; about: string; differences: JudgedRule[] };

export type Adjudicated = { reasons: Record<string, Reason>; referees: Record<string, Judgement> };

/** What one engine matched alone, as a comparison finds it. */
export type UnjudgedDifference = Pick<JudgedRule, 'recording' | 'ruleId' | 'only' | 'count'>;

export const readAdjudicated = (path = ADJUDICATED): Adjudicated =>
  JSON.parse(readFileSync(path, 'utf8')) as Adjudicated;

const keyOf = ({ recording = '', ruleId, only }: UnjudgedDifference): string => `${recording}\t${ruleId}\t${only}`;

export type RefereeVerdict<T extends UnjudgedDifference> = T & { reason?: string; right?: string; judged: boolean };

/**
 * Each difference with its judgement. One that nobody judged, or that is found more often than was judged, is not
 * judged.
 */
export const judge = <T extends UnjudgedDifference>(
  found: readonly T[],
  { reasons, referees }: Adjudicated,
  referee: string,
): RefereeVerdict<T>[] => {
  const known = referees[referee];
  if (!known) throw new Fault(`${ADJUDICATED} knows no referee ${referee}`);
  const judgements = new Map(known.differences.map((one) => [keyOf(one), one]));
  return found.map((one) => {
    const judgement = judgements.get(keyOf(one));
    if (!judgement || one.count > judgement.count) return { ...one, judged: false };
    return { ...one, reason: judgement.reason, right: reasons[judgement.reason]?.right, judged: true };
  });
};
