const POLL_MS = 25;

/** Waits until `look` finds something. @throws Error with the sentence when the time is over. */
export const until = async <T>(
  sentence: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited ${withinMs / 1000} s in vain for ${sentence}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};
