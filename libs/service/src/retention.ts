import { DAY_MS, HOUR_MS } from '#libs/terms';
import { nowAndThen, type NowAndThen } from './now-and-then.js';
import type { Runtime } from './runtime.js';

/** Whole days go at once: an hour is early enough. */
const LOOK_MS = HOUR_MS;

const daysInMs = (days: number): number | undefined => (days === 0 ? undefined : days * DAY_MS);

/** Lets go of what is over, by one replica at a time. */
export const retentionKeeper = ({
  store,
  clock,
  log,
  metrics,
  config,
}: Pick<Runtime, 'store' | 'clock' | 'log' | 'metrics' | 'config'>): NowAndThen =>
  nowAndThen({ clock, log }, 'what is over was not let go of', LOOK_MS, async (stopping) => {
    const kept = { answersMs: daysInMs(config.ANSWERS_KEEP_DAYS) };
    for await (const { tenant, answers } of store.retention.apply(clock.now(), kept, stopping)) {
      metrics.letGo.inc({ of: 'answers' }, answers);
      log.info({ tenant, answers, days: config.ANSWERS_KEEP_DAYS }, 'answers were let go of');
    }
  });
