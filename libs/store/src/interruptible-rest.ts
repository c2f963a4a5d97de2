import { setTimeout as pause } from 'node:timers/promises';

/** A rest between rounds that can be cut short; a call to `wake` since `begin` means no rest at all. */
export const interruptibleRest = (): { begin(): void; wake(): void; until(ms: number): Promise<void> } => {
  let woken = false;
  let waiting = new AbortController();
  return {
    begin: () => {
      woken = false;
    },
    wake: () => {
      woken = true;
      waiting.abort();
    },
    until: async (ms) => {
      if (woken) return;
      waiting = new AbortController();
      await pause(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
    },
  };
};
