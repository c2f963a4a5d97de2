/** After this long the event loop gets its turn: heartbeats, probes and other partitions wait no longer. */
const SLICE_MS = 40;

/** Lets whatever else waits on this thread have its turn. */
export const yieldToOthers = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/**
 * Lets others have their turn when a slice of time (40 ms) is used up.
 * @param elapsedMs milliseconds that only count up.
 * @returns to be called between two pieces of the work.
 */
export const yieldingInSlices = (elapsedMs: () => number = () => performance.now()): (() => Promise<void>) => {
  let since = elapsedMs();
  return async () => {
    if (elapsedMs() - since < SLICE_MS) return;
    await yieldToOthers();
    since = elapsedMs();
  };
};

/** Does work that pauses, and lets others have their turn at its pauses; by default when a slice is used up. */
export const inSteps = async <Result>(
  work: Generator<void, Result>,
  pause: () => Promise<void> = yieldingInSlices(),
): Promise<Result> => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await pause();
  }
};

/** Does work that pauses without a pause. */
export const atOnce = <T>(work: Generator<void, T>): T => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};
