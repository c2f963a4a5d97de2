import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { SERVICES } from '#libs/terms';
import { literal, openDuck } from '../../services/hunting/src/lake/duck.js';
import type { SurfacePiece, SurfaceScope, SearchedSurface } from './surface.js';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort();

const TENANT = /^tenant=([a-z0-9-]+)$/;

/** Every file of the lake, its rows read, by the tenant whose folder it lies in. */
export const lakeSurfaces = async (lake: string): Promise<SearchedSurface[]> => {
  const duck = await openDuck(lake);
  const connection = await duck.connect();
  const rowsOf = async (path: string): Promise<unknown> =>
    path.endsWith('.parquet')
      ? (
          await connection.runAndReadAll(`SELECT * FROM read_parquet([${literal(path)}], hive_partitioning = false)`)
        ).getRowObjectsJson()
      : readFileSync(path);
  try {
    const folders = readdirSync(lake).sort();
    return await Promise.all(
      folders.map(async (folder): Promise<SearchedSurface> => {
        const [, tenant] = TENANT.exec(folder) ?? [];
        const scope: SurfaceScope = tenant ? { tenant } : 'NOBODY';
        const pieces: SurfacePiece[] = [];
        for (const path of filesIn(join(lake, folder)))
          pieces.push({
            where: relative(lake, path),
            scope,
            content: await rowsOf(path),
            wrong: tenant ? undefined : 'lies in no folder of a tenant',
          });
        return { kind: 'lake', name: folder, pieces };
      }),
    );
  } finally {
    connection.closeSync();
    duck.close();
  }
};

/**
 * What services wrote: each line by itself, and nobody's text or secret in any. Names of tenants and people, ids and
 * places may stand there. The vendors' stand-ins are not ours to search.
 */
export const logSurfaces = (folder: string, secrets: readonly string[]): SearchedSurface[] =>
  SERVICES.map((name) => join(folder, `${name}.log`)).map((path) => ({
    kind: 'log',
    name: basename(path),
    pieces: readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(
        (line, index): SurfacePiece => ({
          where: `line ${index + 1}`,
          scope: 'NOBODY',
          mayName: true,
          content: line,
          wrong: secrets.some((secret) => line.includes(secret)) ? 'holds a secret' : undefined,
        }),
      ),
  }));
