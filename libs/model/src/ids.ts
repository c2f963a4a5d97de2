import { hash } from 'node:crypto';

/** Namespace of every derived id of Vigie. */
const NAMESPACE = Buffer.from('6f0d3c0e6f865d3b9a533f8a9c1f5b11', 'hex');
/** What is hashed: the namespace, and room for a name, which most have. */
const hashed = Buffer.concat([NAMESPACE, Buffer.alloc(1_008)]);
const ROOM = hashed.length - NAMESPACE.length;
const MOST_UTF8_BYTES = 3;

/** The four digits of a uuid that say its variant. */
const VARIANTS = '89ab';

const bytesOf = (name: string): Buffer => {
  if (name.length * MOST_UTF8_BYTES > ROOM) return Buffer.concat([NAMESPACE, Buffer.from(name)]);
  return hashed.subarray(0, NAMESPACE.length + hashed.write(name, NAMESPACE.length));
};

/**
 * An id derived from its input: the same parts give the same id, so that processing twice creates nothing twice.
 * Parts are length-prefixed, so that ('a','bc') and ('ab','c') differ.
 * @returns uuid version 5 (RFC 9562, 5.5), lower-case.
 */
export const idOf = (...parts: (string | number)[]): string => {
  let name = '';
  for (const part of parts) name += `${String(part).length}:${part}`;
  const hex = hash('sha1', bytesOf(name), 'hex');
  const variant = VARIANTS[Number.parseInt(hex[16] ?? '', 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
