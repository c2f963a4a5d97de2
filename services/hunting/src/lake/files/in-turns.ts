const AT_ONCE = 16;

/** Does the same with each, some at a time. One that fails keeps what was not begun from it. */
export const inTurns = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> => {
  const found: R[] = [];
  const left = [...all.entries()];
  const working = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) found[next[0]] = await work(next[1]);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, working));
  } finally {
    left.length = 0;
  }
  return found;
};
