import type { Command } from 'commander';
import { SERVICES } from '#libs/terms';
import { givenPasswords } from '#stack';
import { openStack } from '../gateway/session.js';
import { provision } from '../kafka/provision.js';
import { print, say } from '../terminal/print.js';
import { sizeOf, withSize, type SizeFlags } from '../terminal/size-flags.js';

/** provision */
export const defineProvision = (command: Command): void => {
  withSize(command).action(async (flags: SizeFlags) => {
    const stack = await openStack();
    // An installation that makes its users elsewhere (Strimzi) gives no passwords here.
    for (const user of givenPasswords([...SERVICES], process.env)) await stack.addUser(user);
    const { partitions, ...copies } = sizeOf(flags);
    const others = await provision(stack, partitions, copies);
    if (others.length)
      say(`with another number of partitions, which they keep (vigie topics grow): ${others.join(' ')}`);
    print('topics and rights are in place');
  });
};
