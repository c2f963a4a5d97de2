import type { ServiceName } from '#libs/terms';
import { DECK, type FaultKind, type PlannedFault, type ReplicaName } from './kinds.js';
import { drawn, rollsOf, shuffled, type Roll } from './rolls.js';

export interface PlanOptions {
  seed: number;
  faults: number;
  /** Where a fault of a service may strike. */
  replicas: readonly ReplicaName[];
  kinds: readonly FaultKind[];
}

/** Seconds, from and to, by kind. A session lasts 15 s (`libs/events`), a send is repeated for two minutes. */
const LASTS: Record<FaultKind, readonly [number, number]> = {
  kill: [0, 6],
  stop: [17, 24],
  rebalance: [0, 4],
  slow: [6, 12],
  'broker-kill': [0, 5],
  'broker-stop': [5, 20],
  'store-kill': [0, 5],
  'store-stop': [5, 20],
  vendor: [8, 25],
  crash: [30, 30],
  disk: [6, 15],
  clock: [15, 30],
};

/** They strike what all share. */
const SHARED: readonly FaultKind[] = ['broker-kill', 'broker-stop', 'store-kill', 'store-stop', 'vendor', 'disk'];

/** What of a kind may be drawn. */
const WHATS: Partial<Record<FaultKind, readonly string[]>> = {
  vendor: ['rate-limit', 'act-then-fail', 'act-then-fail:reset', 'slow', 'hang'],
  disk: ['lake', 'store', 'broker'],
  clock: ['+10m', '-10m'],
};
/** Where a process may be ended, by who comes there; `publish` and `commit` are everybody's. */
const POINTS: Record<string, readonly ServiceName[] | undefined> = {
  insert: ['cases', 'response', 'detection', 'tenants', 'oncall', 'reporting'],
  publish: undefined,
  mark: ['cases', 'response', 'tenants', 'oncall', 'reporting'],
  commit: undefined,
  vendor: ['response'],
};
/** Calls that pass before: of those that every service makes there are more. */
const MOST_CALLS = { few: 3, many: 8 };

/** Kinds in the order they come: every deck holds each as often as DECK says, so that none is missing for long. */
const kindsIn = (roll: Roll, count: number, kinds: readonly FaultKind[]): FaultKind[] => {
  const deck = kinds.flatMap((kind) => Array.from({ length: DECK[kind] }, () => kind));
  const found: FaultKind[] = [];
  while (found.length < count && deck.length > 0) found.push(...shuffled(roll, deck));
  return found.slice(0, count);
};

/** Before and after each point; ten crashes have all of them. */
const SIDES = Object.keys(POINTS).flatMap((point) => ['before', 'after'].map((side) => [point, side] as const));

const crashIn = (
  roll: Roll,
  replicas: readonly ReplicaName[],
  left: (readonly [string, string])[],
): Pick<PlannedFault, 'at' | 'what'> => {
  if (left.length === 0) left.push(...shuffled(roll, SIDES));
  const [point = '', side = ''] = left.pop() ?? [];
  const [of, at] = [POINTS[point], drawn(roll, replicas)];
  const comers = replicas.filter(({ service }) => of?.includes(service) ?? true);
  const calls = 1 + Math.floor(roll() * (of ? MOST_CALLS.few : MOST_CALLS.many));
  return { what: `${point}:${side}:${calls}`, at: comers.length > 0 ? drawn(roll, comers) : at };
};

const aimed = (
  roll: Roll,
  kind: FaultKind,
  replicas: readonly ReplicaName[],
  left: (readonly [string, string])[],
): Pick<PlannedFault, 'at' | 'what'> => {
  if (kind === 'crash') return crashIn(roll, replicas, left);
  const whats = WHATS[kind];
  return {
    ...(SHARED.includes(kind) ? {} : { at: drawn(roll, replicas) }),
    ...(whats ? { what: drawn(roll, whats) } : {}),
  };
};

/** The faults of a seed, in order: the same for the same options, whenever and wherever it is asked. */
export const planOf = ({ seed, faults, replicas, kinds }: PlanOptions): PlannedFault[] => {
  const roll = rollsOf(seed);
  const left: (readonly [string, string])[] = [];
  return kindsIn(roll, faults, kinds).map((kind, index) => {
    const [least, most] = LASTS[kind];
    const seconds = Math.round((least + roll() * (most - least)) * 10) / 10;
    return { number: index + 1, kind, seconds, ...aimed(roll, kind, replicas, left) };
  });
};

/** Where a fault strikes, for people. */
export const placeOf = ({ kind, at, what }: PlannedFault): string => {
  if (at) return `${at.service}-${at.replica}`;
  return kind.includes('-') ? (kind.split('-')[0] ?? '') : (what ?? '');
};
