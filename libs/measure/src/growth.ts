/**
 * Ms of this process's processors that some work takes, of the quickest of so many runs; what takes at most `enough` is
 * not run again.
 */
export const leastCpuMs = (work: () => void, runs: number, enough = 0): number => {
  let least = Infinity;
  for (let left = runs; left > 0 && least > enough; left -= 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
};

/**
 * Work that takes one pass takes about four times as long with four times as much, and at most twice that with what is
 * not its own (caches, the collector of garbage). What looks back again and again takes sixteen times as long.
 */
export const LINEAR = 8;

const RUNS = 6;
/** Of less, nothing can be told, not even growth: it is tried with more, up to so many times as much. */
const LEAST_TOLD_MS = 0.5;
const MOST_TIMES = 16;

/** Both sizes in turn, the quickest of each, until it shows that one pass is enough. */
const ratioOf = (few: () => void, many: () => void, runs = RUNS): { ratio: number; ms: number } => {
  let [least, most] = [Infinity, Infinity];
  for (let left = runs; left > 0 && (left > runs - 2 || most > least * (LINEAR - 2)); left -= 1) {
    least = Math.min(least, leastCpuMs(few, 1));
    most = Math.min(most, leastCpuMs(many, 1));
  }
  return { ratio: most / Math.max(least, LEAST_TOLD_MS / LINEAR), ms: least };
};

/**
 * How many times as long some work takes with four times as much of what it is done on: below `LINEAR` where one pass
 * does it. Times are compared with each other and with no clock, so a slow or busy machine changes nothing.
 * @param of makes the work for a size; what the work is done on is to be made before it.
 * @param size the smallest that is tried.
 */
export const growthOf = (of: (size: number) => () => void, size: number): number => {
  of(size)();
  for (let times = 1; ; times *= 4) {
    const { ratio, ms } = ratioOf(of(size * times), of(size * times * 4));
    if (ms < LEAST_TOLD_MS && times < MOST_TIMES) continue;
    if (ratio < LINEAR) return ratio;
    // What looks back does so of other sizes, too; a size may happen to wake the collector of a large heap each time.
    return Math.min(ratio, ratioOf(of(size * times * 2), of(size * times * 8), 2).ratio);
  }
};

/** `growthOf` of reading a text: something repeated, between what stands before and behind it. */
export const growthOfText = (
  read: (text: string) => unknown,
  part: string,
  { begin = '', end = '', size = 65_536 }: { begin?: string; end?: string; size?: number } = {},
): number =>
  growthOf((length) => {
    const text = begin + part.repeat(Math.ceil(length / part.length)) + end;
    return () => void read(text);
  }, size);
