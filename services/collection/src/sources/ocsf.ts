import { isIP } from 'node:net';
import type { Observable, Ocsf } from '#contracts';
import { isName } from '#libs/terms';
import { isUnspecified } from './private-addresses.js';

const MOST_OBSERVABLES = 32;
const LONGEST_VALUE = 1_024;
const LONGEST_MESSAGE = 1_024;
const LONGEST_FIELD = 8_192;

/** What kind of event it is: OCSF class_uid and activity_id. */
export interface OcsfClass {
  classUid: number;
  activityId: number;
}

/** The OCSF base event: for what has no class. */
export const baseEvent: OcsfClass = { classUid: 0, activityId: 0 };

/** OCSF record of a class; the category follows from the class (201xxx are Windows' own, of category 1). */
export const ocsfOf = (kind: OcsfClass, severityId: number, message: string, parts: Partial<Ocsf> = {}): Ocsf => ({
  categoryUid: Math.floor((kind.classUid % 100_000) / 1_000),
  classUid: kind.classUid,
  activityId: kind.activityId,
  severityId,
  message: message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message,
  ...parts,
});

/** A record without its undefined fields, long texts cut (native keeps them whole); undefined when nothing is left. */
export const compact = <T extends object>(record: T): T | undefined => {
  const kept: Record<string, unknown> = {};
  let any = false;
  for (const name in record) {
    const value: unknown = record[name];
    if (value === undefined || value === null) continue;
    kept[name] = typeof value === 'string' && value.length > LONGEST_FIELD ? value.slice(0, LONGEST_FIELD) : value;
    any = true;
  }
  return any ? (kept as T) : undefined;
};

const SYSTEM_NAMES = new Set([
  'system',
  'local service',
  'network service',
  'anonymous logon',
  'iusr',
  'local system',
  'unknown',
  'window manager',
]);

/** Accounts every machine has link nothing to nothing: SYSTEM, services, window managers and machine accounts. */
export const isEverybody = (user: string): boolean =>
  SYSTEM_NAMES.has(user.toLowerCase()) || user.endsWith('$') || /^(dwm|umfd)-\d+$/i.test(user);

/** Observables by which something is called. */
const NAMES = new Set(['hostname', 'user-name', 'domain', 'email-address']);

const noAddress = (ip: string): boolean =>
  isIP(ip) === 0 || ip.startsWith('127.') || ['::1', '::', '0.0.0.0', '255.255.255.255'].includes(ip);

/**
 * Observables of an event, each once, at most 32. Kinds: hostname, user-name, ip-address, domain, url, file-hash,
 * file-path, process-name, email-address, resource-uid. Loopback addresses, accounts that every machine has and names
 * that name nothing (`""`, `...`) are left out.
 */
export const observablesOf = (...seen: [kind: string, value: string | null | undefined][]): Observable[] => {
  const found = new Map<string, Observable>();
  for (const [kind, value] of seen) {
    if (!value || value.length > LONGEST_VALUE || found.size >= MOST_OBSERVABLES) continue;
    if (kind === 'ip-address' && noAddress(value)) continue;
    if (NAMES.has(kind) && !isName(value)) continue;
    if (kind === 'user-name' && isEverybody(value)) continue;
    found.set(`${kind}\n${value.toLowerCase()}`, { kind, value });
  }
  return [...found.values()];
};

const isAddress = (text: string): boolean => isIP(text) !== 0 && !isUnspecified(text);

/**
 * `kind:value`, lower-case; `unknown` stands for a value that the event does not have, or that names nothing: quotation
 * marks around nothing, dots, an address that is none.
 */
export const entityOf = (kind: string, value: string | undefined): string => {
  const name = value?.trim().toLowerCase().slice(0, LONGEST_VALUE).trimEnd() ?? '';
  return `${kind}:${(kind === 'ip' ? isAddress(name) : isName(name)) ? name : 'unknown'}`;
};
