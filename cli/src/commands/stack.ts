import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { openStack } from '../gateway/session.js';
import { rewindAll } from '../installation/rewind.js';
import { loadInstallation } from '../installation/saved-installation.js';
import { print } from '../terminal/print.js';

/** stack rewind */
export const defineStack = (stack: Command): void => {
  stack
    .command('rewind')
    .description(
      'move every group back to the earliest offset, so that everything is delivered once more, and wait until it was',
    )
    .action(async () => {
      const installation = loadInstallation();
      if (!installation)
        throw new Refused(
          'services that do not run here are not ours to stop: start one with npm run vigie -- up',
          'NOT_UP',
        );
      await rewindAll({ installation, stack: await openStack() }, true);
      print('everything was delivered once more');
    });
};
