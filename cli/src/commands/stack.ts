import type { Command } from 'commander';
import { rewindGroup } from '#libs/events';
import { SERVICES } from '../installation.js';
import { adminBroker, provision } from '../provision.js';
import { groupsOf, untilQuiet } from '../quiet.js';
import { print, say } from '../screen.js';
import { openSession, type Session } from '../session.js';
import { endInstalled, startAll } from '../up.js';
import { attachStack, givenPasswords } from '#stack';
import { Refused } from '#libs/model';

export const rewindAll = async (
  { installation, stack }: Pick<Session, 'installation' | 'stack'>,
  detached: boolean,
): Promise<void> => {
  const broker = adminBroker(stack);
  try {
    say('ending the services');
    await endInstalled(installation, [...SERVICES]);
    const groups = await groupsOf(broker);
    for (const group of groups) await rewindGroup(broker, group);
    say(`${groups.length} groups stand at the beginning; starting the services`);
    await startAll(installation, stack, detached);
    await untilQuiet(broker, say);
  } finally {
    await broker.close();
  }
};

/** stack rewind, provision */
export const addStack = (program: Command): void => {
  program
    .command('stack')
    .description('broker and store')
    .command('rewind')
    .description(
      'move every group back to the earliest offset, so that everything is delivered once more, and wait until it was',
    )
    .action(async () => {
      await rewindAll(await openSession(), true);
      print('everything was delivered once more');
    });
  program
    .command('provision')
    .description(
      'create every topic and right of an installation; and the users of the services, where KAFKA_PASSWORD_<SERVICE> is set; needs KAFKA_BROKERS, MONGO_URL, KAFKA_ADMIN_USERNAME, KAFKA_ADMIN_PASSWORD',
    )
    .action(async () => {
      const stack = await attachStack();
      if (!stack)
        throw new Refused(
          'no broker is named: set KAFKA_BROKERS, MONGO_URL, KAFKA_ADMIN_USERNAME and KAFKA_ADMIN_PASSWORD',
          'NO_BROKER',
        );
      // An installation that makes its users elsewhere (Strimzi) gives no passwords here.
      for (const user of givenPasswords([...SERVICES], process.env)) await stack.addUser(user);
      await provision(stack);
      print('topics and rights are in place');
    });
};
