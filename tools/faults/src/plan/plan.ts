import type { ServiceName } from '#libs/terms';
import { DECK, type FaultKind, type PlannedFault, type ReplicaName } from './kinds.js';
import { drawn, rollsOf, shuffled, type Roll } from './rolls.js';

export interface PlanOptions {
  seed: number;
  faults: number;
  /** Where a fault of a service may strike. */
  replicas: readonly ReplicaName[];
  kinds: readonly FaultKind[];
  /** How many replicas a service gets that grows. */
  growTo: number;
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
  crash: [60, 60],
  disk: [6, 15],
  clock: [15, 30],
  grow: [3, 6],
};

/** They strike what all share. */
const SHARED: readonly FaultKind[] = [
  'broker-kill',
  'broker-stop',
  'store-kill',
  'store-stop',
  'vendor',
  'disk',
  'crash',
  'grow',
];

/** What of a kind is dealt: each once before any comes again. */
const WHATS: Partial<Record<FaultKind, readonly string[]>> = {
  vendor: ['rate-limit', 'act-then-fail', 'act-then-fail:reset', 'slow', 'hang'],
  disk: ['lake', 'store', 'broker'],
  clock: ['+10m', '-10m'],
};
/** Where a process may be ended, by who comes there while telemetry does; `commit` is everybody's. */
const POINTS: Record<string, readonly ServiceName[] | undefined> = {
  insert: ['cases', 'response', 'tenants', 'oncall', 'reporting'],
  publish: ['collection', 'enrichment', 'detection', 'cases', 'response'],
  mark: ['cases', 'response', 'tenants', 'oncall', 'reporting'],
  commit: undefined,
  vendor: ['response'],
};
/** Calls that pass before: those whom all telemetry goes through make more of them. */
const MOST_CALLS = { few: 3, many: 8 };
const MANY: readonly ServiceName[] = ['collection', 'enrichment'];

/** Kinds in the order they come: every deck holds each as often as DECK says, so that none is missing for long. */
const kindsIn = (roll: Roll, count: number, kinds: readonly FaultKind[]): FaultKind[] => {
  const deck = kinds.flatMap((kind) => Array.from({ length: DECK[kind] }, () => kind));
  const found: FaultKind[] = [];
  while (found.length < count && deck.length > 0) found.push(...shuffled(roll, deck));
  return found.slice(0, count);
};

/** Before and after each point. */
const SIDES = Object.keys(POINTS).flatMap((point) => ['before', 'after'].map((side) => `${point}:${side}`));

/** What is left of each kind's deck. */
type Decks = Map<FaultKind, string[]>;

const dealt = (roll: Roll, decks: Decks, kind: FaultKind, whats: readonly string[]): string => {
  const deck = decks.get(kind) ?? [];
  if (deck.length === 0) deck.push(...shuffled(roll, whats));
  decks.set(kind, deck);
  return deck.pop() as string;
};

type Aim = Pick<PlannedFault, 'at' | 'what'>;

const comersTo = (side: string, services: readonly ServiceName[]): ServiceName[] => {
  const of = POINTS[side.split(':')[0] ?? ''];
  return services.filter((service) => of?.includes(service) ?? true);
};

/** What nobody of these comes to is not dealt. */
const crashIn = (roll: Roll, decks: Decks, services: readonly ServiceName[]): string => {
  const sides = SIDES.filter((side) => comersTo(side, services).length > 0);
  const side = dealt(roll, decks, 'crash', sides);
  const service = drawn(roll, comersTo(side, services));
  const calls = 1 + Math.floor(roll() * (MANY.includes(service) ? MOST_CALLS.many : MOST_CALLS.few));
  return `${service}:${side}:${calls}`;
};

const aimed = (roll: Roll, decks: Decks, kind: FaultKind, { replicas, growTo }: PlanOptions): Aim => {
  const services = [...new Set(replicas.map(({ service }) => service))];
  if (kind === 'crash') return { what: crashIn(roll, decks, services) };
  if (kind === 'grow') return { what: `${dealt(roll, decks, kind, services)}:${growTo}` };
  const whats = WHATS[kind];
  return {
    ...(SHARED.includes(kind) ? {} : { at: drawn(roll, replicas) }),
    ...(whats ? { what: dealt(roll, decks, kind, whats) } : {}),
  };
};

/** The faults of a seed, in order: the same for the same options, whenever and wherever it is asked. */
export const planOf = (options: PlanOptions): PlannedFault[] => {
  const { seed, faults, kinds } = options;
  const roll = rollsOf(seed);
  const decks: Decks = new Map();
  return kindsIn(roll, faults, kinds).map((kind, index) => {
    const [least, most] = LASTS[kind];
    const seconds = Math.round((least + roll() * (most - least)) * 10) / 10;
    return { number: index + 1, kind, seconds, ...aimed(roll, decks, kind, options) };
  });
};

/** Where a fault strikes, for people. */
export const placeOf = ({ kind, at, what }: PlannedFault): string => {
  if (at) return `${at.service}-${at.replica}`;
  return (kind.includes('-') ? kind.split('-')[0] : what?.split(':')[0]) ?? '';
};
