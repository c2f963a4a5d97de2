import { Fault } from '#libs/model';

type Nothing = undefined | null | false;

export interface Looking {
  /** From one look to the next. */
  everyMs?: number;
  /** A look that throws has found nothing yet; a Fault ends the waiting all the same. */
  forgiving?: boolean;
  /** Stands for how far what is waited for has come: while that changes, the time begins anew, up to half an hour. */
  progress?: () => unknown;
}

/** However far something comes: what has not come to its end by then never does. */
const LONGEST_MS = 30 * 60_000;

/** For what refuses or breaks off as long as it starts. */
export const WHILE_STARTING: Looking = { everyMs: 100, forgiving: true };

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Looks again and again until something is found: neither undefined, null nor false.
 * @param what the sentence goes on behind "waited in vain for". @throws Fault when the time is over.
 */
export async function until<T>(
  what: string,
  look: () => T | Nothing | Promise<T | Nothing>,
  withinMs = 30_000,
  { everyMs = 25, forgiving = false, progress = () => undefined }: Looking = {},
): Promise<T> {
  const begun = Date.now();
  let moved = { to: progress(), at: begun };
  for (;;) {
    let reason = '';
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
    } catch (error) {
      if (!forgiving || error instanceof Fault) throw error;
      reason = `: ${String(error)}`;
    }
    const [now, to] = [Date.now(), progress()];
    if (to !== moved.to) moved = { to, at: now };
    if (now > moved.at + withinMs || now > begun + Math.max(withinMs, LONGEST_MS))
      throw new Fault(`waited ${Math.round((now - begun) / 1000)} s in vain for ${what}${reason}`);
    await pause(everyMs);
  }
}
