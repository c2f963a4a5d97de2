import type { CorrelationTree } from './plan.js';
import type { CorrelationTally } from './tally.js';

/** A match that waits for the watermark. */
export type WaitingMatch = {
  at: number;
  order: number;
  id: string;
  node: number;
  ruleId: string;
  eventId: string;
  values: Readonly<Record<string, string>>;
  note?: string;
  attachment?: string;
};
/** A window that closes when event time has come so far. */
export type Closing = { at: number; key: string };
export type Due = WaitingMatch | Closing;

export const isHeld = (due: Due): due is WaitingMatch => 'id' in due;

/** What one node knows of one group. */
export type CountedGroup = {
  node: number;
  values: Readonly<Record<string, string>>;
  /** Event time of the latest that it took part in. */
  newest: number;
  /** It fired, and does not fire again up to this time. */
  silentUntil: number;
  /** When the window opened, of windows that are decided when they close. */
  openedAt: number | null;
  tally: CorrelationTally;
  weight: number;
};

/** Event time of one correlation that raises, in one scope. */
export type CorrelationClock = {
  scope: string;
  correlationId: string;
  fingerprint: string;
  /** Everything before it has been decided. */
  watermark: number;
  streams: Map<string, { upTo: number; heardAt: number }>;
  /** A heap: see heap.ts and `before`. */
  due: Due[];
  /** Keys of matches that wait. */
  held: Set<string>;
  /** By node and values; the one whose newest event is oldest first. */
  groups: Map<string, CountedGroup>;
  /** Event time before which no group can be forgotten. */
  nothingEndsBefore: number;
  weight: number;
};

/** What has happened since the state was made or read. */
export type Figures = {
  matches: number;
  late: number;
  repeated: number;
  incomplete: number;
  fired: number;
  evicted: number;
};

export type State = { clocks: Map<string, CorrelationClock>; weight: number; figures: Figures };

export const emptyFigures = (): Figures => ({ matches: 0, late: 0, repeated: 0, incomplete: 0, fired: 0, evicted: 0 });
export const emptyState = (): State => ({ clocks: new Map(), weight: 0, figures: emptyFigures() });

/** By time; at one time matches first, in the order of their rules, then of their ids. */
export const before = (a: Due, b: Due): boolean => {
  if (a.at !== b.at) return a.at < b.at;
  if (!isHeld(a)) return !isHeld(b) && a.key < b.key;
  if (!isHeld(b)) return true;
  return a.order === b.order ? a.id < b.id : a.order < b.order;
};

const MOST_CLOCKS = 100_000;
const CLOCK_WEIGHT = 300;

const made = (scope: string, { id, fingerprint }: CorrelationTree): CorrelationClock => ({
  scope,
  correlationId: id,
  fingerprint,
  watermark: -Infinity,
  streams: new Map(),
  due: [],
  held: new Set(),
  groups: new Map(),
  nothingEndsBefore: 0,
  weight: CLOCK_WEIGHT,
});

export const forget = (state: State, name: string): void => {
  state.weight -= state.clocks.get(name)?.weight ?? 0;
  state.clocks.delete(name);
};

/** The clock of a correlation and scope; a new one when the correlation is another than it was. */
export const clockOf = (state: State, scope: string, tree: CorrelationTree): CorrelationClock => {
  const name = `${scope}\0${tree.id}`;
  const known = state.clocks.get(name);
  if (known?.fingerprint === tree.fingerprint) return known;
  forget(state, name);
  if (state.clocks.size >= MOST_CLOCKS) forget(state, [...state.clocks.keys()].slice(0, 1).join());
  const clock = made(scope, tree);
  state.clocks.set(name, clock);
  state.weight += clock.weight;
  return clock;
};

export const weightOfHeld = ({ id, values, note = '', attachment = '' }: WaitingMatch): number =>
  200 +
  3 * id.length +
  note.length +
  attachment.length +
  Object.entries(values).reduce((sum, [, value]) => sum + value.length + 24, 0);

/** Adds to what a clock weighs, and to the whole. */
export const weigh = (state: State, clock: CorrelationClock, weight: number): void => {
  clock.weight += weight;
  state.weight += weight;
};
