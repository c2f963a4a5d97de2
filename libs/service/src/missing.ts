import type { StreamMissed } from '#contracts';
import type { Batch } from '#libs/events';
import { idOf } from '#libs/model';
import { HOUR_MS } from '#libs/terms';
import { openRates } from './rates.js';
import { pauseMsAfter } from './pauses.js';
import type { Runtime } from './runtime.js';

/** Times that it is asked for in vain before somebody is told. */
const PARKED_AFTER = 3;
/** Streams of a tenant that a service asks for at once. */
const OF_TENANT = 20;
/** Commits that are sent again at once; what stands behind them is asked for when they have come. */
const MOST_COMMITS = 500;
/** What is sent again of a tenant: whoever asked for more asks again. */
const AGAIN = { perSecond: 200, burst: 20 * MOST_COMMITS };

/** Asks for what streams wait for. @returns when to look again, epoch ms. */
export const askForMissing = async ({ name, store, clock, out, log }: Runtime): Promise<number | undefined> => {
  const now = clock.now();
  const next = await store.nextMissing();
  if (next === undefined || next > now) return next;
  const due = await store.takeMissing(now, { pauseMs: pauseMsAfter, parkAfter: PARKED_AFTER, ofTenant: OF_TENANT });
  const said = due.map(({ reader: loop, tenant, streamId, fromVersion, asked }) => {
    const reader = `${name}.${loop}`;
    if (asked > PARKED_AFTER)
      log.error({ reader, tenant, streamId, fromVersion, asked }, 'parked: it was asked for in vain');
    const missed: StreamMissed = { type: 'stream.missed', reader, streamId, fromVersion, asked, at: now };
    const id = idOf('stream.missed', reader, streamId, fromVersion, asked, now);
    return out.record(tenant, missed, { id, subject: streamId });
  });
  if (said.length > 0) await out.send(said);
  return store.nextMissing();
};

/**
 * What readers miss of streams that are kept here is sent again, by the relay, as it was. Nobody but who missed it
 * minds: consumers drop what they have.
 */
export const openSendingAgain = (runtime: Runtime): ((batch: Batch) => Promise<void>) => {
  const { definition, store, clock, log } = runtime;
  const subjects = (definition.decides ?? []).map(({ subject }) => subject);
  const rates = openRates(AGAIN);
  return async (batch) => {
    const missed = await runtime.readable(batch, async (_record, { envelope, message }) => ({
      tenant: envelope.tenant,
      ...(message as StreamMissed),
    }));
    for (const { tenant, reader, streamId, fromVersion, at } of missed) {
      const [subject = '', whose] = streamId.split('/', 2);
      // One of that age has been said again since, if it is still missing.
      if (!subjects.includes(subject) || whose !== tenant || at < clock.now() - HOUR_MS) continue;
      const isMuch = rates.take(tenant, MOST_COMMITS, clock.now()) > 0;
      const commits = isMuch ? 0 : await store.sendAgain(tenant, streamId, fromVersion, MOST_COMMITS);
      log.warn({ reader, tenant, streamId, fromVersion, commits, isMuch }, 'facts are sent again');
    }
  };
};
