import { observableForm } from '#libs/terms';

/** What a STIX pattern looks for, in our observables' kinds and form. */
export interface PatternValue {
  kind: string;
  value: string;
}

/** Digits of each sort of hash. */
const DIGITS: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };
const HASH = /^(?:file|artifact):hashes\.(md5|sha-?1|sha-?256|sha-?512)$/;

const KINDS: [path: RegExp, kind: string][] = [
  [/^ipv[46]-addr:value$/, 'ip-address'],
  [/^domain-name:value$/, 'domain'],
  [/^url:value$/, 'url'],
  [HASH, 'file-hash'],
  [/^email-addr:value$/, 'email-address'],
  [/^email-message:(?:from|sender)_ref\.value$/, 'email-address'],
];
/** The other end of a connection: an address or, less often, a name. */
const END = /^network-traffic:(?:src|dst)_ref\.value$/;

/** A path as it is compared: lower-case, its quotes gone. */
export const pathForm = (path: string): string => path.replaceAll("'", '').toLowerCase();

/** Whether values of the path are observables of events. @param path as `pathForm` writes it */
export const isMatched = (path: string): boolean => END.test(path) || KINDS.some(([known]) => known.test(path));

/** What is looked for, or a sentence about why no event can hold it. @param path one that `isMatched` */
export const valueAt = (path: string, stated: string): PatternValue | string => {
  const kind = KINDS.find(([known]) => known.test(path))?.[1] ?? kindOfEnd(stated);
  const value = observableForm(kind, stated);
  const shown = stated.length > SHOWN ? `${stated.slice(0, SHOWN)}…` : stated;
  const sort = HASH.exec(path)?.[1]?.replace('-', '');
  if (sort !== undefined && value?.length !== DIGITS[sort]) return `'${shown}' is no ${sort.toUpperCase()}`;
  if (value !== undefined) return { kind, value };
  if (kind === 'ip-address' && stated.includes('/')) return `'${shown}' is a network, and only addresses are matched`;
  return `'${shown}' is no ${NAMES[kind] ?? kind}`;
};

const SHOWN = 100;
const NAMES: Readonly<Record<string, string>> = {
  'ip-address': 'address',
  domain: 'domain name',
  url: 'URL',
  'email-address': 'mail address',
};

const kindOfEnd = (stated: string): string => (/[:/]|^[\d.]+$/.test(stated.trim()) ? 'ip-address' : 'domain');
