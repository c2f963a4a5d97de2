import { Fault } from '#libs/model';

/** Looks until something is found. @throws Fault naming what was awaited. */
export const waitFor = async <T>(what: string, look: () => Promise<T | undefined>, withinMs = 120_000): Promise<T> => {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Fault(`waited ${withinMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
};
