/**
 * One hop of the floor, as a process: what comes by one topic goes on by the next, as it is, or is counted where there
 * is none. `node dist/tools/bench/src/pipeline/hop-run.js`, its task as JSON in BENCH_HOP. Tells its parent when it
 * reads, and when it has seen as many records as it was told to; leaves with it.
 */
import { connectBroker } from '#libs/events';
import { openLog } from '#libs/service';
import type { HopSaid, HopTask } from './floor.js';

/** Slices that are sent on before the first of them is acknowledged. */
const MOST_UNDER_WAY = 8;

const say = (said: HopSaid): void => void process.send?.(said);

const main = async (): Promise<void> => {
  const { brokers, username, password, group, from, to, marks } = JSON.parse(process.env.BENCH_HOP ?? '') as HopTask;
  const broker = connectBroker({ brokers, username, password, clientId: 'bench', log: openLog('bench', 'silent') });
  const publisher = broker.publisher();
  const underWay = new Set<Promise<void>>();
  let seen = 0;
  const sendOn = async (topic: string, records: Parameters<typeof publisher.send>[0]): Promise<void> => {
    const sent: Promise<void> = publisher
      .send(records.map(({ key, value, headers }) => ({ topic, key, value, headers })))
      .finally(() => underWay.delete(sent));
    sent.catch(() => undefined);
    underWay.add(sent);
    while (underWay.size >= MOST_UNDER_WAY) await Promise.race(underWay);
  };
  const reading = broker.consume({
    groupId: group,
    topics: [from],
    handle: async ({ records }) => {
      if (to !== undefined) await sendOn(to, records);
      seen += records.length;
      while (seen >= (marks[0] ?? Infinity)) say({ seen: marks.shift()!, at: Date.now() });
    },
  });
  await reading.ready();
  say('ready');
  process.once('disconnect', () => process.exit(0));
};

void main();
