import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { announceSchemas } from '#libs/events';
import { Refused } from '#libs/model';
import { HOUR_MS } from '#libs/terms';
import type { Stack } from '#stack';
import { adminBroker } from '../kafka/provision.js';
import { definitions } from '../pages/definitions.js';
import { rebuildViews } from '../views/rebuild.js';
import { readDocuments } from './files.js';
import { restoreLake } from './lake.js';
import { readManifest, type BackupManifest } from './manifest.js';
import { sayAgain } from './say-again.js';
import { withBackup } from './with-backup.js';

/** Facts said in the last hours before the backup are said again: longer than anybody is behind. */
export const AGAIN_HOURS = 24;

export interface RestoreOptions {
  /** The backup. */
  from: string;
  /** Where the lake is to be; absent where it is restored by other means. */
  lake?: string;
  againHours?: number;
  say(line: string): void;
}

const mustBeEmpty = async (mongoUrl: string): Promise<void> => {
  for (const { name: service } of definitions) {
    if (!(await withBackup(mongoUrl, service, (store) => store.isEmpty())))
      throw new Refused(
        `${service} keeps something already: a backup returns into an empty store, before services start`,
        'NOT_EMPTY',
      );
  }
};

const restoreStores = async (mongoUrl: string, { store: files }: BackupManifest, from: string): Promise<void> => {
  for (const { name: service } of definitions)
    await withBackup(mongoUrl, service, async (store) => {
      for (const collection of store.collections) {
        const file = files.find((one) => one.service === service && one.collection === collection);
        if (file) await store.write(collection, readDocuments(join(from, file.path)));
      }
    });
};

const checked = async (mongoUrl: string, { from, lake }: RestoreOptions): Promise<BackupManifest> => {
  const manifest = await readManifest(from);
  if (manifest.lake.length > 0 && lake === undefined)
    throw new Refused('this backup holds a lake: say with --lake where it is to be', 'NO_LAKE');
  // A new disk has a folder of its own.
  if (lake !== undefined && existsSync(lake) && readdirSync(lake).some((name) => name !== 'lost+found'))
    throw new Refused(`${lake} is not empty`, 'NOT_EMPTY');
  await mustBeEmpty(mongoUrl);
  return manifest;
};

/**
 * Fills an empty store, an empty lake and a new Kafka, whose topics are there, with what a backup holds, and builds
 * every view. No service may run.
 * @throws Refused before anything is written, when the backup is not whole or its place not empty.
 */
export const restoreBackup = async (stack: Stack, options: RestoreOptions): Promise<BackupManifest> => {
  const { from, lake, againHours = AGAIN_HOURS, say } = options;
  const manifest = await checked(stack.mongoUrl, options);
  say(`every file is as the backup of ${new Date(manifest.until).toISOString()} wrote it`);
  await restoreStores(stack.mongoUrl, manifest, from);
  say(`store: ${manifest.store.reduce((sum, { documents }) => sum + documents, 0)} documents`);
  if (lake !== undefined) await restoreLake(manifest.lake, from, lake, manifest);
  say(`lake: ${manifest.lake.length} files`);
  const broker = adminBroker(stack);
  try {
    await announceSchemas(broker);
    const again = await sayAgain(stack.mongoUrl, broker, manifest.until - againHours * HOUR_MS);
    say(`Kafka: ${again} facts said again`);
    await rebuildViews(stack, broker, { check: false, say });
  } finally {
    await broker.close();
  }
  return manifest;
};
