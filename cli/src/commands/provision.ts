import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { SERVICES } from '#libs/terms';
import { attachStack, givenPasswords } from '#stack';
import { countFrom } from '../terminal/flags.js';
import { provision } from '../kafka/provision.js';
import { print } from '../terminal/print.js';

/** provision */
export const defineProvision = (command: Command): void => {
  command
    .option('--partitions <n>', 'of telemetry, requests and facts, where a topic is made', countFrom(1), 2)
    .action(async ({ partitions }: { partitions: number }) => {
      const stack = await attachStack();
      if (!stack)
        throw new Refused(
          'no broker is named: set KAFKA_BROKERS, MONGO_URL, KAFKA_ADMIN_USERNAME and KAFKA_ADMIN_PASSWORD',
          'NO_BROKER',
        );
      // An installation that makes its users elsewhere (Strimzi) gives no passwords here.
      for (const user of givenPasswords([...SERVICES], process.env)) await stack.addUser(user);
      await provision(stack, partitions);
      print('topics and rights are in place');
    });
};
