import { types } from 'node:util';

const partsOf = (value: object): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  if (types.isMap(value)) return [...value].flat();
  if (types.isSet(value)) return [...value];
  return Object.entries(value).flat();
};

const kindOf = (value: object): string => {
  if (Array.isArray(value)) return 'list';
  if (types.isMap(value)) return 'map';
  return types.isSet(value) ? 'set' : 'record';
};

/**
 * Whether two values are the same data in the same order, whatever their classes: records by their own fields, `-0` is
 * not 0, and a field that is undefined is not one that is absent.
 */
export const isSameForm = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (types.isUint8Array(one) || types.isUint8Array(other))
    return types.isUint8Array(one) && types.isUint8Array(other) && Buffer.compare(one, other) === 0;
  if (kindOf(one) !== kindOf(other)) return false;
  const [parts, others] = [partsOf(one), partsOf(other)];
  return parts.length === others.length && parts.every((part, index) => isSameForm(part, others[index]));
};
