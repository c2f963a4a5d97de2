import type { Command } from 'commander';
import { SHARDS, type Broker } from '#libs/events';
import { Refused } from '#libs/model';
import { SERVICES } from '#libs/terms';
import type { Stack } from '#stack';
import { openStack } from '../gateway/session.js';
import { loadInstallation, type Installation } from '../installation/saved-installation.js';
import { endInstalled, startAll, startService } from '../installation/services.js';
import { growTopics, plannedGrowth, untilRead, untilStopped, type TopicGrowth } from '../kafka/grow.js';
import { withBroker } from '../kafka/provision.js';
import { countFrom } from '../terminal/flags.js';
import { print, say } from '../terminal/print.js';

/** Where things come in from outside: partners' topics wait in Kafka meanwhile. */
const INLETS = ['collection', 'gateway'] as const;
/** A busy installation has much to read. */
const READ_WITHIN_MS = 30 * 60_000;
const STOPPED_WITHIN_MS = 30 * 60_000;
/** What works by the clock may speak between the last look and the stop: then once more. */
const TRIES = 3;

/** How an installation is brought to rest, and what reads in it on again when something was said meanwhile. */
interface Pausing {
  pause(planned: readonly TopicGrowth[], broker: Broker): Promise<void>;
  readOn(): Promise<void>;
}

/** Services that others run are stopped by who runs them. */
const byOthers: Pausing = {
  pause: async (planned, broker) => {
    say(`stop ${INLETS.join(' and ')}, where things come in; the others go on until all is read`);
    await untilRead(broker, planned, { say, withinMs: READ_WITHIN_MS });
    say('all is read: stop the other services now, too');
    await untilStopped(broker, STOPPED_WITHIN_MS);
  },
  readOn: async () => say(`start the services again, all but ${INLETS.join(' and ')}`),
};

const hereWith = (installation: Installation, stack: Stack): Pausing => ({
  pause: async (planned, broker) => {
    say(`ending ${INLETS.join(' and ')}; the others go on until all is read`);
    await endInstalled(installation, [...INLETS]);
    await untilRead(broker, planned, { say, withinMs: READ_WITHIN_MS });
    await endInstalled(installation, [...SERVICES]);
    await untilStopped(broker, STOPPED_WITHIN_MS);
  },
  readOn: async () => {
    const reading = SERVICES.filter((name) => !(INLETS as readonly string[]).includes(name));
    await Promise.all(reading.map((name) => startService(installation, stack, name, { detached: true })));
  },
});

const grow = async (
  stack: Stack,
  broker: Broker,
  planned: readonly TopicGrowth[],
  { pause, readOn }: Pausing,
): Promise<void> => {
  for (let left = TRIES; ; left -= 1) {
    await pause(planned, broker);
    try {
      return await growTopics(stack, broker, planned, say);
    } catch (error) {
      if (left <= 1 || !(error instanceof Refused)) throw error;
      say(error.message);
      await readOn();
    }
  }
};

const runGrow = async ({ partitions }: { partitions: number }): Promise<void> => {
  const stack = await openStack();
  const installation = loadInstallation();
  await withBroker(stack, async (broker) => {
    const planned = await plannedGrowth(broker, partitions);
    if (planned.length === 0) return print(`all topics have ${partitions} partitions`);
    print(`${planned.length} topics grow to ${partitions} partitions`);
    await grow(stack, broker, planned, installation ? hereWith(installation, stack) : byOthers);
    if (installation) await startAll(installation, stack, { detached: true });
    print(installation ? 'the services run again' : 'start the services again, with the new number where it is set');
  });
};

/** topics grow */
export const addGrow = (topics: Command): void => {
  topics
    .command('grow')
    .description('more partitions, a multiple of those there are: pauses the services, lets all be read, goes on')
    .requiredOption('--partitions <n>', `of telemetry, requests and facts, ${SHARDS} at most`, countFrom(1, SHARDS))
    .action(runGrow);
};
