/** After this long the loop gets its turn: heartbeats, probes and other partitions wait no longer. */
const SLICE_MS = 40;

/** Lets others work when the slice is used up. */
export const sharing = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
};

/** Does one step after the other, and lets others work between. */
export const inSteps = async <T>(steps: Generator<undefined, T>): Promise<T> => {
  const share = sharing();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await share();
  }
};
