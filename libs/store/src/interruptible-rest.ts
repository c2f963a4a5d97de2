/**
 * A rest between rounds that can be cut short; a call to `wake` since `begin` means no rest at all. `until` tells
 * whether it was woken.
 */
export const interruptibleRest = (): { begin(): void; wake(): void; until(ms: number): Promise<boolean> } => {
  let woken = false;
  let goOn = (): void => undefined;
  return {
    begin: () => {
      woken = false;
    },
    wake: () => {
      woken = true;
      goOn();
    },
    until: (ms) =>
      new Promise((resolve) => {
        if (woken) return resolve(true);
        const timer = setTimeout(() => goOn(), ms);
        goOn = () => {
          clearTimeout(timer);
          resolve(woken);
        };
      }),
  };
};
