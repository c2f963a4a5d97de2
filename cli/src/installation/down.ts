import { join } from 'node:path';
import { attachStack } from '#stack';
import { loadInstallation } from './saved-installation.js';
import { endInstalled } from './services.js';

/** Ends what `up` started over a folder. @returns whether anything ran. */
export const down = async (dir: string): Promise<boolean> => {
  const installation = loadInstallation(dir);
  const stack = await attachStack(join(dir, 'stack'));
  if (installation) await endInstalled(installation);
  await stack?.stop();
  return Boolean(installation ?? stack);
};
