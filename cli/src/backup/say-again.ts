import { archiveOf } from '../chain/archive-dir.js';
import { framedRecord, type Broker, type OutRecord } from '#libs/events';
import type { Envelope } from '#libs/model';
import { openLog } from '#libs/service';
import { everyTenant, openStore, type OutFact } from '#libs/store';
import { KEEPERS } from '../chain/stores.js';

const AT_ONCE = 500;
const STATES = new Set(['tenant.state', 'tenant.page']);
/** Nobody asks anything because of these, and views were built with what is kept of them. */
const ONLY_SHOWN = ['telemetry.', 'ruleset.'];

const mustBeHeard = ({ time, type }: Envelope, since: number): boolean =>
  STATES.has(type) || (time >= since && !ONLY_SHOWN.some((begin) => type.startsWith(begin)));

async function* saidBy(service: string, mongoUrl: string): AsyncGenerator<OutFact> {
  const store = await openStore({
    url: mongoUrl,
    service,
    log: openLog('vigie', 'silent'),
    archive: archiveOf(service),
  });
  try {
    yield* store.replay(everyTenant);
  } finally {
    await store.close();
  }
}

async function* mustBeSaid(mongoUrl: string, since: number): AsyncGenerator<OutRecord> {
  for (const name of KEEPERS)
    for await (const { topic, key, envelope, bytes } of saidBy(name, mongoUrl))
      if (mustBeHeard(envelope, since)) yield framedRecord(topic, key, envelope, bytes);
}

/**
 * Says on a new Kafka what its services must still hear: the facts since then, which somebody may not have heard when
 * the backup was made, and how every tenant is set up. All have the ids they had, so who knows one drops it; what was
 * asked because of one is asked under its id, and answered as before.
 * @returns how many.
 */
export const sayAgain = async (mongoUrl: string, broker: Broker, since: number): Promise<number> => {
  const publisher = broker.publisher();
  let [waiting, count]: [OutRecord[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await publisher.send(waiting);
    count += waiting.length;
    waiting = [];
  };
  try {
    for await (const record of mustBeSaid(mongoUrl, since)) {
      waiting.push(record);
      if (waiting.length >= AT_ONCE) await flush();
    }
    await flush();
    return count;
  } finally {
    await publisher.close();
  }
};
