import type { Command } from 'commander';
import { openSession } from '../gateway/session.js';
import { rewindAll } from '../installation/rewind.js';
import { print } from '../terminal/print.js';

/** stack rewind */
export const defineStack = (stack: Command): void => {
  stack
    .command('rewind')
    .description(
      'move every group back to the earliest offset, so that everything is delivered once more, and wait until it was',
    )
    .action(async () => {
      await rewindAll(await openSession(), true);
      print('everything was delivered once more');
    });
};
