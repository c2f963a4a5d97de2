/**
 * How far an indicator may travel. Every marking has its say and the strictest holds; one that is not understood (an
 * unknown level, another sort of marking, a definition that is not there) may say anything, so it is RED.
 */
import type { Tlp } from '#contracts';
import { isRecord, type StixObject } from './stix-object.js';

const STRICTEST: Tlp[] = ['RED', 'AMBER_STRICT', 'AMBER', 'GREEN', 'CLEAR'];
/** What bundles that say nothing mean: the recipient's organisation and its clients. */
const UNMARKED: Tlp = 'AMBER';
const NOT_UNDERSTOOD: Tlp = 'RED';

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

const LEVELS = new Map<string, Tlp>([
  ['white', 'CLEAR'],
  ['clear', 'CLEAR'],
  ['green', 'GREEN'],
  ['amber', 'AMBER'],
  ['amber+strict', 'AMBER_STRICT'],
  ['red', 'RED'],
]);

/** `TLP:AMBER+STRICT`, `tlp-amber strict`, `amber_strict`. */
const levelOf = (stated: unknown): Tlp => {
  if (typeof stated !== 'string') return NOT_UNDERSTOOD;
  const name = stated
    .trim()
    .toLowerCase()
    .replace(/^tlp[\s:_-]*/, '');
  return LEVELS.get(name.replace(/[\s+_-]+/g, '+')) ?? NOT_UNDERSTOOD;
};

const isLevel = (text: unknown): text is string =>
  typeof text === 'string' && (/^\s*tlp\b/i.test(text) || LEVELS.has(text.trim().toLowerCase()));

/** Levels in a text for people. */
const levelsIn = (text: string): Tlp[] => (text.match(/\btlp[:_-]\s*[a-z]+(?:[\s+_-]*strict\b)?/gi) ?? []).map(levelOf);

/** Markings of other sorts that limit nobody. */
const isHarmless = (text: unknown): boolean => typeof text === 'string' && /^\s*pap:(?:clear|white)\s*$/i.test(text);

const lowered = (value: unknown): string | undefined => (typeof value === 'string' ? value.toLowerCase() : undefined);

/** What a definition says, in each place where one may: by its sort, in TLP 2's extension, its name, as OpenCTI writes. */
const levelsOf = (definition: StixObject): Tlp[] => {
  const { name, x_opencti_definition: exported } = definition;
  const body = isRecord(definition.definition) ? definition.definition : {};
  const extensions = isRecord(definition.extensions) ? Object.values(definition.extensions).filter(isRecord) : [];
  const levels = [
    ...('tlp' in body ? [body.tlp] : []),
    ...extensions.flatMap((one) => ('tlp_2_0' in one ? [one.tlp_2_0] : [])),
    ...[name, exported].filter(isLevel),
  ].map(levelOf);
  const sorts = [definition.definition_type, definition.x_opencti_definition_type].flatMap((one) => lowered(one) ?? []);
  if (sorts.includes('statement') && typeof body.statement === 'string') levels.push(...levelsIn(body.statement));
  const isOther = sorts.some((sort) => sort !== 'statement' && !sort.startsWith('tlp'));
  if (isOther) return isHarmless(exported ?? name) ? levels : [NOT_UNDERSTOOD];
  return levels.length > 0 || (sorts.every((sort) => sort === 'statement') && sorts.length > 0)
    ? levels
    : [NOT_UNDERSTOOD];
};

/** A list, or undefined for what should be one and is not. */
const listOf = (value: unknown): unknown[] | undefined =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : undefined;

/** Markings of a bundle, by the id of their definition. */
export class Markings {
  private readonly definitions = new Map<string, StixObject[]>();

  constructor(objects: readonly StixObject[]) {
    for (const object of objects)
      if (object.type === 'marking-definition')
        this.definitions.set(object.id, [...(this.definitions.get(object.id) ?? []), object]);
  }

  /** The strictest of all markings of the whole object, of a part of it, and of its labels. */
  tlpOf(object: StixObject): Tlp {
    const whole = listOf(object.object_marking_refs)?.flatMap((ref) => this.levelsAt(ref));
    const parts = listOf(object.granular_markings)?.flatMap((part) => this.levelsOfPart(part));
    const labels = (listOf(object.labels) ?? []).filter(
      (one) => typeof one === 'string' && /^\s*tlp\s*[:=]/i.test(one),
    );
    const said = [...(whole ?? [NOT_UNDERSTOOD]), ...(parts ?? [NOT_UNDERSTOOD]), ...labels.map(levelOf)];
    return STRICTEST.find((tlp) => said.includes(tlp)) ?? UNMARKED;
  }

  private levelsAt(ref: unknown): Tlp[] {
    if (typeof ref !== 'string') return [NOT_UNDERSTOOD];
    const fixed = FIXED.get(ref);
    const defined = (this.definitions.get(ref) ?? []).flatMap((one) => levelsOf(one));
    if (fixed) return [fixed, ...defined];
    return this.definitions.has(ref) ? defined : [NOT_UNDERSTOOD];
  }

  /** A part may be marked with its language only. */
  private levelsOfPart(part: unknown): Tlp[] {
    if (!isRecord(part)) return [NOT_UNDERSTOOD];
    return part.marking_ref === undefined && typeof part.lang === 'string' ? [] : this.levelsAt(part.marking_ref);
  }
}
