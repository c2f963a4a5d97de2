import { DAY_MS, HOUR_MS } from '#libs/terms';
import { nowAndThen, type NowAndThen } from './now-and-then.js';
import type { Runtime } from './runtime.js';

/** Whole days go at once, and whole months: a few hours are early enough. */
const LOOK_MS = 6 * HOUR_MS;

const daysInMs = (days: number): number | undefined => (days === 0 ? undefined : days * DAY_MS);

/** Lets go of what is over, and archives what is old, by one replica at a time. */
export const retentionKeeper = ({
  store,
  clock,
  log,
  metrics,
  config: { ANSWERS_KEEP_DAYS, COMMITS_KEEP_DAYS },
}: Pick<Runtime, 'store' | 'clock' | 'log' | 'metrics' | 'config'>): NowAndThen =>
  nowAndThen({ clock, log }, 'what is over was not let go of', LOOK_MS, async (stopping) => {
    const kept = { answersMs: daysInMs(ANSWERS_KEEP_DAYS), commitsMs: daysInMs(COMMITS_KEEP_DAYS) };
    for await (const { tenant, ...counts } of store.retention.apply(clock.now(), kept, stopping)) {
      for (const [of, count] of Object.entries(counts)) metrics.letGo.inc({ of }, count);
      log.info({ tenant, ...counts }, 'answers were let go of, commits archived and taken from the store');
    }
  });
