import { parse, v5 } from 'uuid';

/** Namespace of every derived id of Vigie. */
const NAMESPACE = parse('6f0d3c0e-6f86-5d3b-9a53-3f8a9c1f5b11');

/**
 * An id derived from its input: the same parts give the same id, so that processing twice creates nothing twice.
 * Parts are length-prefixed, so that ('a','bc') and ('ab','c') differ.
 * @returns uuid version 5, lower-case.
 */
export const idOf = (...parts: (string | number)[]): string =>
  v5(parts.map((part) => `${String(part).length}:${part}`).join(''), NAMESPACE);
