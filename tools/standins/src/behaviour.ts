/**
 * How a stand-in can go wrong. Only calls that act are affected, except by `rate-limit`, `slow` and `mute`, which hit
 * every call of the API:
 * `lie`: says it is done, changes nothing; `hang`: never answers, changes nothing; `rate-limit`: 429 for the next
 * `times` calls;
 * `act-then-fail`: does it, then answers 500 (or breaks the connection with `reset`); `slow`: answers after `slowMs`;
 * `mute`: acts as told, but has no telemetry of anybody.
 */
export const MISBEHAVIOURS = ['honest', 'lie', 'hang', 'rate-limit', 'act-then-fail', 'slow', 'mute'] as const;
export type Misbehaviour = (typeof MISBEHAVIOURS)[number];

export interface MisbehaveOptions {
  /** Calls affected before it is honest again; default 3 for `rate-limit`, without end for the others. */
  times?: number;
  /** Default 1,500. */
  slowMs?: number;
  /** For `act-then-fail`: break the connection instead of answering 500. */
  reset?: boolean;
}

export interface Behaviour {
  set(mode: Misbehaviour, options?: MisbehaveOptions): void;
  /** What to do with this call; counts it. */
  next(acts: boolean): { mode: Misbehaviour; slowMs: number; reset: boolean };
  mode(): Misbehaviour;
}

export const createBehaviour = (): Behaviour => {
  let mode: Misbehaviour = 'honest';
  let left = Infinity;
  let slowMs = 1_500;
  let reset = false;
  return {
    mode: () => mode,
    set: (next, options = {}) => {
      mode = next;
      left = options.times ?? (next === 'rate-limit' ? 3 : Infinity);
      slowMs = options.slowMs ?? 1_500;
      reset = options.reset ?? false;
    },
    next: (acts) => {
      const concerned = acts || mode === 'rate-limit' || mode === 'slow' || mode === 'mute';
      if (!concerned) return { mode: 'honest', slowMs, reset };
      const current = mode;
      left -= 1;
      if (left <= 0) mode = 'honest';
      return { mode: current, slowMs, reset };
    },
  };
};

export const isMisbehaviour = (value: unknown): value is Misbehaviour => MISBEHAVIOURS.some((mode) => mode === value);
