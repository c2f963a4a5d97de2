import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '#libs/model';
import type { BackupCut } from '#libs/store';
import { definitions } from '../pages/definitions.js';
import { writeDocuments } from './files.js';
import { copyLake } from './lake.js';
import { writeManifest, type BackupManifest } from './manifest.js';
import { withBackup } from './with-backup.js';

/** How long a commit may be on its way, with all patience; and how long the making of a day's anchors. */
const SETTLE_MS = 60_000;
const ANCHORS_SETTLE_MS = 600_000;

export interface BackupSource {
  mongoUrl: string;
  /** Folder of the lake; absent where it is kept and copied elsewhere. */
  lake?: string;
}
export interface BackupOptions {
  /** Folder that is not there yet. */
  out: string;
  say(line: string): void;
  /** Default: a minute ago; anchors ten minutes before. */
  cut?: BackupCut;
}

const cutNow = (): BackupCut => {
  const at = Date.now() - SETTLE_MS;
  return { at, anchorsAt: at - ANCHORS_SETTLE_MS };
};

const saveStores = async (mongoUrl: string, out: string, cut: BackupCut, say: BackupOptions['say']) => {
  const found: BackupManifest['store'] = [];
  for (const { name: service } of definitions) {
    await withBackup(mongoUrl, service, async (store) => {
      for (const collection of store.collections) {
        const path = join('store', `vigie_${service}`, `${collection}.bson.gz`);
        const written = await writeDocuments(join(out, path), store.read(collection, cut));
        found.push({ path, service, collection, ...written });
      }
    });
    const commits = found.find((one) => one.service === service && one.collection === 'commits');
    say(`${service}: ${commits?.documents ?? 0} commits`);
  }
  return found;
};

/**
 * Saves what all services remember, as it stood at one moment, and the lake; services go on meanwhile.
 * @throws Refused when there is something in the way.
 */
export const makeBackup = async (
  { mongoUrl, lake }: BackupSource,
  { out, say, cut = cutNow() }: BackupOptions,
): Promise<BackupManifest> => {
  if (existsSync(out)) throw new Refused(`${out} is there already: a backup gets a folder of its own`, 'IN_THE_WAY');
  if (lake !== undefined && !existsSync(lake)) throw new Refused(`there is no lake ${lake}`, 'NO_LAKE');
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const store = await saveStores(mongoUrl, out, cut, say);
  const files = lake === undefined ? [] : await copyLake(lake, out);
  if (lake !== undefined) say(`lake: ${files.length} files`);
  const made: BackupManifest = { form: 1, until: cut.at, store, lake: files };
  writeManifest(out, made);
  return made;
};
