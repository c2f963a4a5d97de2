import type { Indicator, Tlp } from '#contracts';
import { Refused } from '#libs/model';
import { valuesOfPattern } from './stix-pattern.js';

/** Bytes of a bundle. */
export const MOST_BYTES = 512 * 1024;
const UNSTATED_CONFIDENCE = 50;
const LONGEST_NAME = 256;

interface StixObject {
  [field: string]: unknown;
  type: string;
  id: string;
}

/** Indicators a bundle holds, and how many of its indicators cannot be matched. */
export interface IndicatorBundle {
  indicators: Indicator[];
  skipped: number;
}

const STRICTEST: Tlp[] = ['RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR'];

/** Marking definitions that STIX 2.1 and its TLP 2.0 extension fix by id. */
const FIXED = new Map<string, Tlp>([
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'CLEAR'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'GREEN'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'AMBER'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'RED'],
  ['marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487', 'CLEAR'],
  ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'GREEN'],
  ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'AMBER'],
  ['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003', 'AMBER_STRICT'],
  ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1', 'RED'],
]);

const NAMES = new Map<string, Tlp>([
  ['white', 'CLEAR'],
  ['clear', 'CLEAR'],
  ['green', 'GREEN'],
  ['amber', 'AMBER'],
  ['amber+strict', 'AMBER_STRICT'],
  ['red', 'RED'],
]);

/** A marking named TLP:… in the bundle itself. */
const namedTlp = (object: StixObject | undefined): Tlp | undefined => {
  const stated = (object?.definition as { tlp?: unknown } | undefined)?.tlp ?? object?.name;
  return typeof stated === 'string' ? NAMES.get(stated.toLowerCase().replace(/^tlp:/, '')) : undefined;
};

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** The strictest marking; AMBER when the bundle does not say: the recipient's organisation and its clients. */
const tlpOf = (object: StixObject, byId: Map<string, StixObject>): Tlp => {
  const marks = strings(object.object_marking_refs).flatMap((id) => FIXED.get(id) ?? namedTlp(byId.get(id)) ?? []);
  return STRICTEST.find((tlp) => marks.includes(tlp)) ?? 'AMBER';
};

const timeOf = (value: unknown): number | undefined => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
};

const techniqueOf = (object: StixObject | undefined): string[] =>
  (Array.isArray(object?.external_references)
    ? (object.external_references as ({ source_name?: unknown; external_id?: unknown } | null)[])
    : []
  ).flatMap((one) =>
    one?.source_name === 'mitre-attack' && typeof one.external_id === 'string' ? [one.external_id] : [],
  );

/** ATT&CK techniques by the id of the indicator that indicates them. */
const techniquesBy = (objects: StixObject[], byId: Map<string, StixObject>): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { type, relationship_type, source_ref, target_ref } of objects) {
    if (
      type !== 'relationship' ||
      relationship_type !== 'indicates' ||
      typeof source_ref !== 'string' ||
      typeof target_ref !== 'string'
    )
      continue;
    found.set(source_ref, [...(found.get(source_ref) ?? []), ...techniqueOf(byId.get(target_ref))]);
  }
  return found;
};

/** A revoked indicator ends when it was revoked. */
const endOf = (object: StixObject): number | null => {
  const ends = [timeOf(object.valid_until), object.revoked === true ? timeOf(object.modified) : undefined].filter(
    (end) => end !== undefined,
  );
  return ends.length === 0 ? null : Math.min(...ends);
};

const confidenceOf = ({ confidence }: StixObject): number =>
  typeof confidence === 'number' && confidence >= 0 && confidence <= 100 ? Math.round(confidence) : UNSTATED_CONFIDENCE;

const isObject = (value: unknown): value is StixObject =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as StixObject).type === 'string' &&
  typeof (value as StixObject).id === 'string';

const objectsOf = (bytes: Buffer): StixObject[] => {
  if (bytes.length > MOST_BYTES)
    throw new Refused(`A bundle has at most ${MOST_BYTES} bytes; import it in parts`, 'TOO_LARGE');
  try {
    const bundle = JSON.parse(bytes.toString('utf8')) as { type?: unknown; objects?: unknown };
    if (bundle.type === 'bundle' && Array.isArray(bundle.objects)) return bundle.objects.filter(isObject);
  } catch {
    // Refused below.
  }
  throw new Refused('This is not a STIX 2.1 bundle', 'NOT_A_BUNDLE');
};

/**
 * Indicators of a STIX 2.1 bundle, one for each value they look for.
 * @throws Refused TOO_LARGE, NOT_A_BUNDLE.
 */
export const readBundle = (bytes: Buffer): IndicatorBundle => {
  const objects = objectsOf(bytes);
  const byId = new Map(objects.map((object) => [object.id, object]));
  const techniques = techniquesBy(objects, byId);
  const stated = objects.filter(({ type }) => type === 'indicator');
  const read = stated.map((object): Indicator[] => {
    const [pattern, validFrom] = [object.pattern, timeOf(object.valid_from)];
    if (typeof pattern !== 'string' || validFrom === undefined || (object.pattern_type ?? 'stix') !== 'stix') return [];
    return (valuesOfPattern(pattern) ?? []).map(({ kind, value }) => ({
      indicatorId: object.id,
      name: (typeof object.name === 'string' ? object.name : value).slice(0, LONGEST_NAME),
      kind,
      value,
      validFrom,
      confidence: confidenceOf(object),
      tlp: tlpOf(object, byId),
      validUntil: endOf(object),
      techniques: techniques.get(object.id) ?? [],
    }));
  });
  return { indicators: read.flat(), skipped: read.filter((one) => one.length === 0).length };
};
