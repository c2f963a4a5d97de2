/**
 * Does something again and again, one at a time: while it is under way its next turn is left out. Holds no process
 * back from ending.
 * @param ms between two turns. @param failed told what went wrong with one; the next comes all the same.
 * @returns ends it, and resolves once a turn under way is over.
 */
export const every = (
  ms: number,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): (() => Promise<void>) => {
  let running: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  }, ms).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
};
