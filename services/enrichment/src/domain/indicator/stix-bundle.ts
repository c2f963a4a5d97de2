import type { Indicator, IndicatorRefusal } from '#contracts';
import { Refused } from '#libs/model';
import { Markings } from './stix-markings.js';
import { isStixObject, timeOf, type StixObject } from './stix-object.js';
import { readPattern, unread, type PatternReading } from './stix-pattern.js';
import { techniquesBy } from './stix-techniques.js';

/** Bytes of a bundle. */
const MOST_BYTES = 512 * 1024;
const UNSTATED_CONFIDENCE = 50;
const LONGEST_NAME = 256;
const LONGEST_REASON = 500;

/** One indicator in its newest version: what of it can be matched, and what cannot, in sentences. */
export interface IndicatorVersion {
  indicatorId: string;
  modified: number | null;
  /** When it ends: `valid_until`, or when it was revoked. */
  end: number | null;
  isRevoked: boolean;
  indicators: Indicator[];
  problems: string[];
}

/** Indicators a bundle holds, and how many of its indicators cannot be matched. */
export interface IndicatorBundle {
  indicators: Indicator[];
  skipped: number;
  /** What cannot be matched, whole indicators and parts of them. */
  refused: IndicatorRefusal[];
  versions: IndicatorVersion[];
}

/** When a version was made. */
const madeAt = (object: StixObject): number | null => timeOf(object.modified) ?? timeOf(object.created) ?? null;

/** A revoked indicator ends when it was revoked. */
const endOf = (object: StixObject): number | null => {
  const revoked = object.revoked === true ? (madeAt(object) ?? timeOf(object.valid_from)) : undefined;
  const ends = [timeOf(object.valid_until), revoked].filter((end) => typeof end === 'number');
  return ends.length === 0 ? null : Math.min(...ends);
};

const confidenceOf = ({ confidence }: StixObject): number =>
  typeof confidence === 'number' && confidence >= 0 && confidence <= 100 ? Math.round(confidence) : UNSTATED_CONFIDENCE;

const objectsOf = (bytes: Buffer): StixObject[] => {
  if (bytes.length > MOST_BYTES)
    throw new Refused(`A bundle has at most ${MOST_BYTES} bytes; import it in parts`, 'TOO_LARGE');
  try {
    const bundle = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) as { type?: unknown; objects?: unknown };
    if (bundle.type === 'bundle' && Array.isArray(bundle.objects)) return bundle.objects.filter(isStixObject);
  } catch {
    // Refused below.
  }
  throw new Refused('This is not a STIX 2.1 bundle', 'NOT_A_BUNDLE');
};

/** The newest version of each indicator, wherever it stands; of two made at once the one that is revoked, then the last. */
const newest = (objects: readonly StixObject[]): StixObject[] => {
  const found = new Map<string, StixObject>();
  for (const object of objects) {
    const before = object.type === 'indicator' ? found.get(object.id) : undefined;
    const [known, made] = [before ? (madeAt(before) ?? -Infinity) : -Infinity, madeAt(object) ?? -Infinity];
    const isOlder = made < known || (made === known && before?.revoked === true && object.revoked !== true);
    if (object.type === 'indicator' && !isOlder) found.set(object.id, object);
  }
  return [...found.values()];
};

/** What the indicator looks for; nothing, with a reason, where it can never match. */
const readingOf = (object: StixObject): PatternReading => {
  const { pattern, pattern_type: language = 'stix' } = object;
  const [from, until] = [timeOf(object.valid_from), timeOf(object.valid_until)];
  if (typeof language !== 'string' || language.toLowerCase() !== 'stix')
    return unread(`it is a pattern of ${typeof language === 'string' ? language : 'no language'}, not of STIX`);
  if (typeof pattern !== 'string') return unread('it has no pattern');
  if (from === undefined) return unread("its 'valid_from' is no time");
  if (until === undefined && (object.valid_until ?? null) !== null) return unread("its 'valid_until' is no time");
  if (until !== undefined && until <= from)
    return unread("it ends before it begins: 'valid_until' is not after 'valid_from'");
  return readPattern(pattern);
};

/**
 * Indicators of a STIX 2.1 bundle, one for each value they look for; of several versions the newest.
 * @throws Refused TOO_LARGE, NOT_A_BUNDLE.
 */
export const readBundle = (bytes: Buffer): IndicatorBundle => {
  const objects = objectsOf(bytes);
  const [markings, techniques] = [new Markings(objects), techniquesBy(objects)];
  const versions = newest(objects).map((object): IndicatorVersion => {
    const { sought, problems } = readingOf(object);
    const shared = {
      indicatorId: object.id,
      validFrom: timeOf(object.valid_from) ?? 0,
      confidence: confidenceOf(object),
      tlp: markings.tlpOf(object),
      validUntil: endOf(object),
      techniques: techniques.get(object.id) ?? [],
      modified: madeAt(object),
    };
    const distinct = new Map(sought.map((one) => [`${one.kind} ${one.value}`, one]));
    const indicators = [...distinct.values()].map(({ kind, value }): Indicator => {
      const name = (typeof object.name === 'string' ? object.name : value).slice(0, LONGEST_NAME);
      return { ...shared, name, kind, value };
    });
    const end = shared.validUntil;
    return {
      indicatorId: object.id,
      modified: shared.modified,
      end,
      isRevoked: object.revoked === true,
      indicators,
      problems,
    };
  });
  return {
    indicators: versions.flatMap(({ indicators }) => indicators),
    skipped: versions.filter(({ indicators }) => indicators.length === 0).length,
    refused: versions.flatMap(refusalOf),
    versions,
  };
};

const refusalOf = ({ indicatorId, indicators, problems }: IndicatorVersion): IndicatorRefusal[] => {
  const reasons = [...new Set(problems)].join('; ').slice(0, LONGEST_REASON);
  if (problems.length === 0) return [];
  return [{ indicatorId, reason: indicators.length === 0 ? `left out: ${reasons}` : `read in part: ${reasons}` }];
};
