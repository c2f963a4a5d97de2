import type { Command } from 'commander';
import { SERVICES } from '#libs/terms';
import { givenPasswords } from '#stack';
import { openStack } from '../gateway/session.js';
import { countFrom } from '../terminal/flags.js';
import { provision } from '../kafka/provision.js';
import { print } from '../terminal/print.js';

/** provision */
export const defineProvision = (command: Command): void => {
  command
    .option('--partitions <n>', 'of telemetry, requests and facts, where a topic is made', countFrom(1), 2)
    .action(async ({ partitions }: { partitions: number }) => {
      const stack = await openStack();
      // An installation that makes its users elsewhere (Strimzi) gives no passwords here.
      for (const user of givenPasswords([...SERVICES], process.env)) await stack.addUser(user);
      await provision(stack, partitions);
      print('topics and rights are in place');
    });
};
