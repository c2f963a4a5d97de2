/**
 * Starts to count what this process works. A busy machine makes no test of work's growth fail so, as a clock on the
 * wall would.
 * @returns what says the work since, in ms of a processor, user time.
 */
export const cpuClock = (): (() => number) => {
  const before = process.cpuUsage();
  return () => process.cpuUsage(before).user / 1_000;
};
