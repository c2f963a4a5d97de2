import type { Command } from 'commander';
import { groupLag, listGroups, rewindGroup } from '#libs/events';
import { SERVICES } from '../installation.js';
import { endProcess } from '../processes.js';
import { adminBroker, provision } from '../provision.js';
import { print, say } from '../screen.js';
import { openSession, type Session } from '../session.js';
import { saveInstallation } from '../installation.js';
import { startService } from '../up.js';
import { attachStack, givenPasswords } from '#stack';
import { Refused } from '#libs/model';

const QUIET_ROUNDS = 5;
const WITHIN_MS = 600_000;

const lagOf = async (broker: ReturnType<typeof adminBroker>, groups: string[]): Promise<number> => {
  const lags = await Promise.all(groups.map((group) => groupLag(broker, group).catch(() => [])));
  return lags.flat().reduce((sum, { lag }) => sum + lag, 0);
};

/** Waits until no group has anything left to read, several times in a row. */
const drain = async (broker: ReturnType<typeof adminBroker>, groups: string[]): Promise<void> => {
  const until = Date.now() + WITHIN_MS;
  for (let quiet = 0; quiet < QUIET_ROUNDS;) {
    const left = await lagOf(broker, groups);
    quiet = left === 0 ? quiet + 1 : 0;
    if (left) say(`${left} messages left`);
    if (Date.now() > until) throw new Refused('the services did not catch up within 10 minutes', 'STILL_BEHIND');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
};

export const rewindAll = async ({ installation, stack }: Pick<Session, 'installation' | 'stack'>, detached: boolean): Promise<void> => {
  const broker = adminBroker(stack);
  try {
    say('ending the services');
    await Promise.all(SERVICES.map((name) => endProcess(installation.pids[name] ?? 0)));
    const groups = (await listGroups(broker)).filter((group) => group.startsWith('vigie.') && !group.includes('.alone.'));
    for (const group of groups) await rewindGroup(broker, group);
    say(`${groups.length} groups stand at the beginning; starting the services`);
    await Promise.all(SERVICES.map((name) => startService(installation, stack, name, detached)));
    saveInstallation(installation);
    await drain(broker, groups);
  } finally {
    await broker.close();
  }
};

/** stack rewind, provision */
export const addStack = (program: Command): void => {
  program.command('stack').description('broker and store').command('rewind')
    .description('move every group back to the earliest offset, so that everything is delivered once more, and wait until it was')
    .action(async () => {
      await rewindAll(await openSession(), true);
      print('everything was delivered once more');
    });
  program.command('provision')
    .description('create every topic and right of an installation; and the users of the services, where KAFKA_PASSWORD_<SERVICE> is set; needs KAFKA_BROKERS, MONGO_URL, KAFKA_ADMIN_USERNAME, KAFKA_ADMIN_PASSWORD')
    .action(async () => {
      const stack = await attachStack();
      if (!stack) throw new Refused('no broker is named: set KAFKA_BROKERS, MONGO_URL, KAFKA_ADMIN_USERNAME and KAFKA_ADMIN_PASSWORD', 'NO_BROKER');
      // An installation that makes its users elsewhere (Strimzi) gives no passwords here.
      for (const user of givenPasswords([...SERVICES], process.env)) await stack.addUser(user);
      await provision(stack);
      print('topics and rights are in place');
    });
};
