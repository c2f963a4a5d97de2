import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEV_ADMIN, signToken, type Stage } from '../../cli/src/index.js';
import { docker } from './engine.js';
import type { ComposeProject } from './project.js';

/** What docs/operate.md has one do by commands, once nothing is under way: each ends with 0. */
const COMMANDS: string[][] = [
  ['topics'],
  ['dead-letters', 'list'],
  ['parked', 'list'],
  ['views', 'rebuild', '--check'],
  ['chain', 'verify'],
  ['chain', 'anchors', '--out', '/backups/anchors.ndjson'],
  ['posture', 'list'],
  ['call', 'list'],
  ['backup', '--out', '/backups/made', '--lake', '/data/lake'],
];

/** A folder that the image's user may write. */
const folderFor = (dir: string): string => {
  const folder = join(dir, 'backups');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  return folder;
};

/** Runs each in a container beside the installation. @returns how many. @throws Fault with what the first said that failed. */
export const operate = async (project: ComposeProject, { up }: Stage, image: string): Promise<string> => {
  const token = await signToken(up.installation.issuer.secret, { kind: 'operator', subject: DEV_ADMIN });
  const volumes = [`${folderFor(project.dir)}:/backups`, `${project.name}_lake:/data/lake:ro`];
  const beside = ['run', '--rm', '--no-deps', '--env', 'GATEWAY_TOKEN'];
  for (const command of COMMANDS)
    await docker(
      [...project.told, ...beside, ...volumes.flatMap((one) => ['--volume', one]), 'provision', ...command],
      { VIGIE_TAG: image, GATEWAY_TOKEN: token },
    );
  return `${COMMANDS.length} commands`;
};
