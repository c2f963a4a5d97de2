import { isRecord, type StixObject } from './stix-object.js';

const techniqueOf = (object: StixObject | undefined): string[] =>
  (Array.isArray(object?.external_references) ? (object.external_references as unknown[]) : []).flatMap((one) =>
    isRecord(one) && one.source_name === 'mitre-attack' && typeof one.external_id === 'string' ? [one.external_id] : [],
  );

/** ATT&CK techniques by the id of the indicator that indicates them. */
export const techniquesBy = (objects: readonly StixObject[]): Map<string, string[]> => {
  const byId = new Map(objects.map((object) => [object.id, object]));
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
