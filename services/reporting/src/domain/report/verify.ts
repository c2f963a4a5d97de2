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

/** What came of comparing a report with its recomputation. */
export interface ReportVerification {
  /** Where the report is not what the facts say, not what was hashed, or not what its own figures say. */
  differences: ReportDifference[];
  /**
   * Present when the report was made by an older form: what today's form tells otherwise of the facts of today, which
   * makes the report older, not false. Whether a stored byte was changed, its hash and its chain say.
   */
  olderForm?: { schema: number; today: number; differences: ReportDifference[] };
}

const olderSchema = (figures: unknown, today: number): number | undefined => {
  const schema = isRecord(figures) ? figures['schema'] : undefined;
  return typeof schema === 'number' && Number.isInteger(schema) && schema > 0 && schema < today ? schema : undefined;
};

/** What the report says beside its figures, against the verdict that belongs to them. */
const verdictDifferences = (made: ReportMade, verdict: unknown): ReportDifference[] => {
  const { sentence, colour } = isRecord(verdict) ? verdict : {};
  return [...differences('made.verdict', made.verdict, sentence), ...differences('made.colour', made.colour, colour)];
};

/**
 * Compares a report with its recomputation from the facts.
 * @returns every difference, by path; `figuresHash` when the stored bytes are not those that were hashed;
 * `made.verdict` and `made.colour` when the report says something else than its own figures. Figures of an older schema
 * are compared apart, see `olderForm`.
 * @throws Unreadable when the figures of the report are no JSON.
 */
export const verifyReport = (made: ReportMade, recomputed: ReportData): ReportVerification => {
  const bytes = Buffer.from(made.figures);
  const hash = hashOf(bytes);
  const figures = parsed(bytes);
  const plain = JSON.parse(canonicalBytes(recomputed).toString('utf8')) as ReportData;
  const changed = hash === made.figuresHash ? [] : differences('figuresHash', made.figuresHash, hash);
  const found = differences('', figures, plain);
  const schema = olderSchema(figures, recomputed.schema);
  if (schema === undefined)
    return { differences: [...changed, ...found, ...verdictDifferences(made, recomputed.verdict)] };
  const own = isRecord(figures) ? figures['verdict'] : undefined;
  return {
    differences: [...changed, ...verdictDifferences(made, own)],
    olderForm: { schema, today: recomputed.schema, differences: found.filter(({ path }) => path !== 'schema') },
  };
};
