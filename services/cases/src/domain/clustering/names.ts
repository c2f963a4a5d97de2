import type { Entity, FindingSummary } from '#contracts';
import { onceFor } from '#libs/model';
import { plainTactic, TACTICS } from '#libs/terms';
import { isGenericAddress, isGenericUser, isNothing } from './everywhere.js';
import { groupIdOf } from './group.js';

/** Kinds of entity by how much sharing one says that two findings belong together; the threshold is 1. */
export const THRESHOLD = 1;
const WEIGHTS: Record<string, number> = {
  host: 1,
  mailbox: 1,
  'cloud-principal': 1,
  user: 1,
  domain: 0.7,
  url: 0.8,
  ip: 0.7,
  hash: 0.5,
  'private-ip': 0.25,
  'cloud-account': 0.15,
  process: 0.05,
};

const TELLING = 0.5;

/** What an indicator can be about. */
const INDICATED = new Set(['ip', 'domain', 'url', 'hash']);

const PRIVATE_IP =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/;

const shortUser = (value: string): string => (value.split('\\').at(-1) ?? value).split('@')[0] ?? value;

const nameOfIp = (value: string): string | undefined => {
  const address = value.replace(/^::ffff:/, '');
  if (isGenericAddress(address)) return undefined;
  return PRIVATE_IP.test(address) ? `private-ip:${address}` : `ip:${address}`;
};

/**
 * The name under which an entity is compared; users without their domain.
 * @returns `kind:value`, or undefined when sharing it says nothing ('system', 'root', 127.0.0.1, ...) or the kind is
 * unknown.
 */
export const nameOf = ({ kind, value }: Entity): string | undefined => {
  const plain = value.trim().toLowerCase();
  if (isNothing(plain)) return undefined;
  if (kind === 'ip') return nameOfIp(plain);
  if (kind === 'host') return `host:${plain.replace(/\.$/, '')}`;
  if (kind !== 'user') return Object.hasOwn(WEIGHTS, kind) ? `${kind}:${plain}` : undefined;
  const user = shortUser(plain);
  return isNothing(user) || isGenericUser(user) ? undefined : `user:${user}`;
};

/**
 * A case is counted anew with each finding that joins: what its findings name is read once.
 * @returns the names of entities, each once, at most 100.
 */
export const namesOf = onceFor((entities: Entity[]): string[] =>
  [...new Set(entities.map(nameOf).filter((name): name is string => name !== undefined))].slice(0, 100),
);

export const kindOf = (name: string): string => name.slice(0, name.indexOf(':'));
/** Whether a case knows a name; a host's short name is that of every host whose full name begins with it. */
export const knows = (names: Record<string, true>, name: string): boolean => {
  if (Object.hasOwn(names, name)) return true;
  if (kindOf(name) !== 'host') return false;
  const label = name.split('.')[0] ?? name;
  return label === name ? Object.keys(names).some((one) => one.startsWith(`${name}.`)) : Object.hasOwn(names, label);
};
export const weightOf = (name: string): number => WEIGHTS[kindOf(name)] ?? 0;
/** Whether what belongs to a case may do so by this name: all other kinds together are less than what links. */
export const isTellingName = (name: string): boolean => weightOf(name) >= TELLING;
export const isIndicated = (name: string): boolean => INDICATED.has(kindOf(name));
export const inWords = (name: string): string => {
  const kind = kindOf(name);
  return `${kind === 'private-ip' ? 'address' : kind.replace('-', ' ')} ${name.slice(kind.length + 1)}`;
};

const TACTIC_NAMES: readonly string[] = TACTICS;

/** @returns how far along the chain the furthest tactic is; -1 when there is none. */
export const reachOf = (tactics: string[]): number =>
  Math.max(-1, ...tactics.map((tactic) => TACTIC_NAMES.indexOf(plainTactic(tactic))));
export const tacticAt = (reach: number): string => (TACTIC_NAMES[reach] ?? 'nothing').replaceAll('-', ' ');

/** What of a finding is compared. */
export interface FindingTraits {
  names: string[];
  hosts: string[];
  occurredAt: number;
  reach: number;
  knownIndicator: boolean;
  groupKey: string;
  /** Of its rule and group key; empty when there is none. */
  group: string;
}
export const traitsOf = (
  { entities, occurredAt, tactics, knownIndicator, ruleId }: FindingSummary,
  groupKey: string,
): FindingTraits => {
  const names = namesOf(entities);
  return {
    names,
    hosts: names.filter((name) => kindOf(name) === 'host'),
    occurredAt,
    reach: reachOf(tactics),
    knownIndicator,
    groupKey,
    group: groupIdOf(ruleId, groupKey),
  };
};
