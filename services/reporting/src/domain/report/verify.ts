import { Unreadable } from '#libs/model';
import type { ReportMade } from '#contracts';
import { canonicalBytes, hashOf } from './canonical-json.js';
import type { ReportData } from './data.js';

/** A place where a report and its recomputation differ; figures are named by their id, other lists by index. */
export interface ReportDifference {
  path: string;
  reported: unknown;
  recomputed: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists whose members have an `id` are compared by it, so that one missing member is one difference. */
const membersOf = (value: unknown): Map<string, unknown> | undefined => {
  if (isRecord(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return undefined;
  const named = value.every((one) => isRecord(one) && typeof one['id'] === 'string');
  return new Map(value.map((one, index) => [named ? String(one.id) : String(index), one as unknown]));
};

const differences = (path: string, reported: unknown, recomputed: unknown): ReportDifference[] => {
  const left = membersOf(reported);
  const right = membersOf(recomputed);
  if (left && right && Array.isArray(reported) === Array.isArray(recomputed)) {
    const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
    return keys.flatMap((key) => differences(path ? `${path}.${key}` : key, left.get(key), right.get(key)));
  }
  return Object.is(reported, recomputed) ? [] : [{ path, reported, recomputed }];
};

/** @throws Unreadable when the figures are no JSON. */
const parsed = (figures: Buffer): unknown => {
  try {
    return JSON.parse(figures.toString('utf8')) as unknown;
  } catch {
    throw new Unreadable('BAD_FIGURES', 'the figures of the report are no JSON');
  }
};

/**
 * Compares a report with its recomputation from the facts.
 * @returns every difference, by path; `figuresHash` when the stored bytes are not those that were hashed; `verdict` and
 * `colour` when the report says something else than its own figures.
 * @throws Unreadable when the figures of the report are no JSON.
 */
export const verifyReport = (made: ReportMade, recomputed: ReportData): ReportDifference[] => {
  const figures = Buffer.from(made.figures);
  const hash = hashOf(figures);
  const plain = JSON.parse(canonicalBytes(recomputed).toString('utf8')) as ReportData;
  return [
    ...(hash === made.figuresHash ? [] : [{ path: 'figuresHash', reported: made.figuresHash, recomputed: hash }]),
    ...differences('', parsed(figures), plain),
    ...(made.verdict === recomputed.verdict.sentence
      ? []
      : [{ path: 'made.verdict', reported: made.verdict, recomputed: recomputed.verdict.sentence }]),
    ...(made.colour === recomputed.verdict.colour
      ? []
      : [{ path: 'made.colour', reported: made.colour, recomputed: recomputed.verdict.colour }]),
  ];
};
