type CpuUsage = { user: number; system: number };

const usage = (process as { threadCpuUsage?: () => CpuUsage }).threadCpuUsage?.bind(process);

/**
 * Milliseconds that this thread has worked: a pause of the machine adds nothing. Undefined where Node does not tell
 * (before 23.9).
 */
export const threadCpuMs: (() => number) | undefined =
  usage &&
  (() => {
    const { user, system } = usage();
    return (user + system) / 1_000;
  });
