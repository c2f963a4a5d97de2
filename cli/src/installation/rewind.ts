import { rewindGroup } from '#libs/events';
import { SERVICES } from '#libs/terms';
import type { Stack } from '#stack';
import type { Installation } from './saved-installation.js';
import { adminBroker } from '../kafka/provision.js';
import { groupsOf, untilQuiet } from '../kafka/quiet.js';
import { say } from '../terminal/print.js';
import { endInstalled, startAll } from './services.js';

/** Has everything that Kafka still carries delivered once more, and waits until it was. */
export const rewindAll = async (
  { installation, stack }: { installation: Installation; stack: Stack },
  detached: boolean,
): Promise<void> => {
  const broker = adminBroker(stack);
  try {
    say('ending the services');
    await endInstalled(installation, [...SERVICES]);
    const groups = await groupsOf(broker);
    for (const group of groups) await rewindGroup(broker, group);
    say(`${groups.length} groups stand at the beginning; starting the services`);
    await startAll(installation, stack, { detached });
    await untilQuiet(broker, { say });
  } finally {
    await broker.close();
  }
};
