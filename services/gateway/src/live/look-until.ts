/** Looks again and again, ever more seldom, until there is something. @returns undefined when the time is over. */
export const lookUntil = async <T>(
  look: () => Promise<T | undefined | false>,
  withinMs: number,
): Promise<T | undefined> => {
  const end = Date.now() + withinMs;
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 2, 160)) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() + pauseMs > end) return undefined;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
};
