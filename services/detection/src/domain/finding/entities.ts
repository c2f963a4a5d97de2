import type { Entity } from '#contracts';
import type { SeenEvent } from '../hits/hit.js';

export const ENTITIES_AT_MOST = 30;

/** Kinds of observables that are things findings can share. */
const KINDS: Record<string, string> = {
  hostname: 'host',
  'user-name': 'user',
  'process-name': 'process',
  'file-hash': 'hash',
  'ip-address': 'ip',
  domain: 'domain',
  url: 'url',
  'email-address': 'mailbox',
  'resource-uid': 'cloud-principal',
  'cloud-account': 'cloud-account',
};
const KNOWN = new Set(Object.values(KINDS));

const NOTHING = new Set(['', '-', '--', 'n/a', 'na', 'none', 'null', '(null)', 'unknown', 'localhost', '*']);
const EVERYBODY = new Set([
  'system',
  'local system',
  'localsystem',
  'local service',
  'localservice',
  'network service',
  'networkservice',
  'anonymous logon',
  'anonymous',
  'window manager',
  'everyone',
  'iusr',
  's-1-5-18',
  's-1-5-19',
  's-1-5-20',
  's-1-0-0',
]);
const NO_ADDRESS = /^(127\.|0\.|255\.255\.255\.255$|169\.254\.|22[4-9]\.|23\d\.|::1?$|fe80:|ff[0-9a-f]{2}:)/;
const LONGEST = 1_024;

const isGeneric = (kind: string, value: string): boolean => {
  if (NOTHING.has(value) || value.length > LONGEST) return true;
  if (kind === 'ip') return NO_ADDRESS.test(value);
  if (kind !== 'user') return false;
  const name = value.split('\\').at(-1) ?? value;
  return NOTHING.has(name) || EVERYBODY.has(name) || name.endsWith('$') || /^(dwm|umfd)-\d+$/.test(name);
};

/** Most telling first, so that what is cut off matters least. */
const ORDER = ['host', 'user', 'mailbox', 'cloud-principal', 'ip', 'domain', 'url', 'hash', 'process', 'cloud-account'];

/**
 * The things events are about, each once, lower-case, most telling kinds first, at most 30; the events' main entities
 * first of all. Accounts and values that every machine has are left out.
 */
export const entitiesOf = (events: Pick<SeenEvent, 'entity' | 'observables' | 'ocsf'>[]): Entity[] => {
  const found = new Map<string, Entity>();
  const add = (kind: string | undefined, text: string | null | undefined): void => {
    const value = (text ?? '').trim().toLowerCase();
    if (kind !== undefined && KNOWN.has(kind) && !isGeneric(kind, value))
      found.set(`${kind}:${value}`, found.get(`${kind}:${value}`) ?? { kind, value });
  };
  for (const { entity } of events) add(entity.slice(0, entity.indexOf(':')), entity.slice(entity.indexOf(':') + 1));
  const main = [...found.values()];
  for (const { observables, ocsf } of events) {
    for (const { kind, value } of observables) add(KINDS[kind], value);
    add('cloud-account', ocsf.cloud?.accountUid);
  }
  const others = [...found.values()].slice(main.length).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return [...main, ...others].slice(0, ENTITIES_AT_MOST);
};
