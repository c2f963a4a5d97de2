import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { copyFile } from './files.js';
import type { BackupManifest } from './manifest.js';

type LakeFiles = BackupManifest['lake'];

const filesIn = (lake: string): string[] =>
  readdirSync(lake, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && one.name.endsWith('.parquet'))
    .map((one) => relative(lake, join(one.parentPath, one.name)))
    .sort();

/** A file may go while it is copied: what it held is in one that came before. */
const copied = async (from: string, to: string) => {
  try {
    return await copyFile(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(from)) return undefined;
    throw error;
  }
};

/**
 * Copies the lake while it is written to. Compaction puts the new file there before it takes the old ones away, so it
 * is looked at until nothing new is seen; rows that are there twice are one to whoever asks.
 */
export const copyLake = async (lake: string, folder: string): Promise<LakeFiles> => {
  const [seen, found]: [Set<string>, LakeFiles] = [new Set(), []];
  for (;;) {
    const fresh = filesIn(lake).filter((one) => !seen.has(one));
    if (fresh.length === 0) return found;
    for (const one of fresh) {
      seen.add(one);
      const path = join('lake', one);
      const sum = await copied(join(lake, one), join(folder, path));
      if (sum) found.push({ path, in: one, ...sum });
    }
  }
};

/**
 * Puts the files back. They get names of their own: offsets begin anew on a new Kafka, and a file of the same range
 * would be overwritten.
 */
export const restoreLake = async (
  files: LakeFiles,
  folder: string,
  lake: string,
  { until }: Pick<BackupManifest, 'until'>,
): Promise<void> => {
  for (const { path, in: place } of files)
    await copyFile(join(folder, path), join(lake, dirname(place), `restored-${until}-${basename(place)}`));
};
