import { textOf } from '../json-values.js';
import { first, type WindowsFields } from './fields.js';

const HASH = /^[0-9a-f]{32,64}$/i;
const HASHES = ['SHA256', 'SHA1', 'MD5'];

/** Hashes by algorithm: Sysmon's `SHA1=…,MD5=…` and fields of their own; neither IMPHASH nor zeros. */
export const hashesOf = (fields: WindowsFields): Record<string, string> => {
  const found: Record<string, string> = {};
  const keep = (name: string, value: string | undefined): void => {
    if (value !== undefined && HASHES.includes(name) && HASH.test(value) && !/^0+$/.test(value)) found[name] = value;
  };
  for (const name of HASHES) for (const spelt of [name, name.toLowerCase()]) keep(name, textOf(fields[spelt]));
  for (const stated of first(fields, 'Hashes', 'Hash')?.split(',') ?? []) {
    const equals = stated.indexOf('=');
    keep(stated.slice(0, equals).toUpperCase(), stated.slice(equals + 1));
  }
  return found;
};
