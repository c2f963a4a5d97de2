import { Fault } from '#libs/model';

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until `probe` says true; an attempt that throws counts as "not yet". Throws Fault after `timeoutMs`. */
export async function until(what: string, timeoutMs: number, probe: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let reason = '';
  for (;;) {
    try {
      if (await probe()) return;
    } catch (error) {
      if (error instanceof Fault) throw error;
      reason = `: ${String(error)}`;
    }
    if (Date.now() > deadline) throw new Fault(`${what} did not happen within ${timeoutMs / 1000} s${reason}`);
    await pause(100);
  }
}
