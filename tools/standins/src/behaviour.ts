/**
 * How a stand-in can go wrong.
 *
 * Of calls that act: `lie`: says it is done, changes nothing; `hang`: never answers, changes nothing; `act-then-fail`:
 * does it, then answers 500 (or breaks the connection with `reset`); `late`: says it is done, and does it `byMs` later;
 * `linger`: says it has begun, as it does until it does it `byMs` later.
 *
 * Of every call of the API: `rate-limit`: 429 for the next `times` calls; `slow`: answers after `slowMs`; `mute`: has
 * no telemetry of anybody; `behind`: has telemetry up to `byMs` ago only; `offline`: has none of whom it is asked
 * about, as if it were switched off; `quiet`: whom it is asked about tries nothing, so that nothing is refused;
 * `misread`: reads back its state as if nothing had been done.
 */
export const MISBEHAVIOURS = [
  'honest',
  'lie',
  'hang',
  'rate-limit',
  'act-then-fail',
  'slow',
  'mute',
  'late',
  'linger',
  'behind',
  'offline',
  'quiet',
  'misread',
] as const;
export type Misbehaviour = (typeof MISBEHAVIOURS)[number];

const OF_CALLS_THAT_ACT: readonly Misbehaviour[] = ['lie', 'hang', 'act-then-fail', 'late', 'linger'];

export interface MisbehaveOptions {
  /** Calls affected before it is honest again; default 3 for `rate-limit`, without end for the others. */
  times?: number;
  /** Default 1,500. */
  slowMs?: number;
  /** For `late`, `linger` and `behind`; default five minutes. */
  byMs?: number;
  /** For `act-then-fail`: break the connection instead of answering 500. */
  reset?: boolean;
}

/** How one call is met. */
export interface BehaviourOfCall {
  mode: Misbehaviour;
  slowMs: number;
  byMs: number;
  reset: boolean;
}

export interface Behaviour {
  set(mode: Misbehaviour, options?: MisbehaveOptions): void;
  /** What to do with this call; counts it. */
  next(acts: boolean): BehaviourOfCall;
  mode(): Misbehaviour;
}

export const HONEST: BehaviourOfCall = { mode: 'honest', slowMs: 1_500, byMs: 300_000, reset: false };

export const createBehaviour = (): Behaviour => {
  let now = HONEST;
  let left = Infinity;
  return {
    mode: () => now.mode,
    set: (mode, { times, ...options } = {}) => {
      now = { ...HONEST, ...options, mode };
      left = times ?? (mode === 'rate-limit' ? 3 : Infinity);
    },
    next: (acts) => {
      if (!acts && OF_CALLS_THAT_ACT.includes(now.mode)) return HONEST;
      const current = now;
      left -= 1;
      if (left <= 0) now = HONEST;
      return current;
    },
  };
};

export const isMisbehaviour = (value: unknown): value is Misbehaviour => MISBEHAVIOURS.some((mode) => mode === value);
