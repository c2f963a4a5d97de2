import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anyFileIn, lakeOf } from '../walk.js';
import { ALFA, BRAVO, type Plant } from './plant.js';

const alfas = (tail: string): string => join(`tenant=${ALFA.tenant}`, tail);

const lake = (what: string, place: (from: string) => string, found: RegExp): Plant => ({
  what,
  found,
  plant: async ({ installed }) => {
    const from = anyFileIn(join(lakeOf(installed), `tenant=${BRAVO.tenant}`));
    const to = join(lakeOf(installed), place(from));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    return () => rmSync(to.includes('elsewhere') ? dirname(to) : to, { recursive: true });
  },
  look: ({ all }) => all.lake(),
});

/** In the lake's folders. */
export const inLake: readonly Plant[] = [
  lake(
    "lake: a file in another's folder",
    (from) => alfas(join('day=2026-01-01', from.split('/').pop() ?? '')),
    /^lake tenant=zalfa: .*holds what is of zbravo/,
  ),
  lake(
    'lake: a file in no folder of a tenant',
    () => join('elsewhere', 'x.parquet'),
    /^lake elsewhere: .*lies in no folder of a tenant/,
  ),
];
