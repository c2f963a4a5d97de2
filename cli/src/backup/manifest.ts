import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Refused } from '#libs/model';
import { sumOf } from './files.js';

const FILE = 'manifest.json';
/** Beneath the backup's own folder, and nowhere else. */
const below = z.string().regex(/^(?!.*\.\.)[a-z0-9][\w=.-]*(\/[\w=.-]+)*$/i);

const file = z.object({ path: below, bytes: z.number(), sha256: z.string() });
const manifest = z.object({
  form: z.literal(1),
  /** Epoch ms: what was committed until then is in it. */
  until: z.number(),
  /** A collection of a service each. */
  store: z.array(file.extend({ service: z.string(), collection: z.string(), documents: z.number() })),
  /** Files of the lake, where they lay in it. */
  lake: z.array(file.extend({ in: below })),
});

/** What a backup is made of. It is written last: without it a folder is no backup. */
export type BackupManifest = z.infer<typeof manifest>;

export const writeManifest = (folder: string, content: BackupManifest): void => {
  writeFileSync(join(folder, `${FILE}.tmp`), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(join(folder, `${FILE}.tmp`), join(folder, FILE));
};

/** Reads it, and every file it names. @throws Refused naming what is not as it was written. */
export const readManifest = async (folder: string): Promise<BackupManifest> => {
  if (!existsSync(join(folder, FILE)))
    throw new Refused(`${folder} holds no whole backup: there is no ${FILE}`, 'BAD_BACKUP');
  const read = manifest.safeParse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  if (!read.success) throw new Refused(`${FILE} is none that this release reads`, 'BAD_BACKUP');
  for (const { path, sha256 } of [...read.data.store, ...read.data.lake]) {
    const found = existsSync(join(folder, path)) ? await sumOf(join(folder, path)) : undefined;
    if (found?.sha256 !== sha256) throw new Refused(`${path} is not what the backup wrote`, 'BAD_BACKUP');
  }
  return read.data;
};
