import mongoose from 'mongoose';
import { Fault } from '#libs/model';
import type { Commit, OpenDatabase } from '../collections.js';
import { placeOf } from '../commits.js';
import type { TenantScope } from '../scope.js';
import type { ArchivedFile } from './documents.js';
import { filesOf } from './manifest.js';
import type { ArchivedRow, RowsWanted } from './parquet.js';
import { isFileName, monthOf } from './places.js';

const { BSON } = mongoose.mongo;

/** A file that cannot be read as it was written; why, in words. */
export interface BrokenFile {
  file: ArchivedFile;
  problem: string;
}

export interface ArchiveQuery extends Omit<RowsWanted, 'files'> {
  /** Only commits with facts of these. */
  types?: readonly string[] | undefined;
  /** Told of files that are missing or altered, which are then passed over; without it they are a Fault. */
  broken?: ((one: BrokenFile) => void) | undefined;
}

/** What is wrong with a file, if anything. */
export const problemOfFile = async (
  { archive }: OpenDatabase,
  tenant: TenantScope,
  { name, month, commits, sha256, bytes }: ArchivedFile,
): Promise<string | undefined> => {
  const what = `${commits} commits of ${month} are archived in ${name}`;
  if (!archive) return `${what}, and it was not said where the archive is (ARCHIVE_DIR)`;
  if (!isFileName(tenant, name)) return `${what}, which is no name of a file of the tenant`;
  const found = await archive.sha256Of(name, bytes);
  if (found === undefined) return `${what}, and the file is missing`;
  return found === sha256 ? undefined : `${what}, and the file was altered`;
};

const PLACE_DIGITS = 15;
const monthOfPlace = (place: string): string => monthOf(Number(place.slice(0, PLACE_DIGITS)));

/** Of what is on the list of a tenant, what can be read. @throws Fault for a file that cannot, unless it is told. */
const readable = async (opened: OpenDatabase, tenant: TenantScope, query: ArchiveQuery): Promise<string[]> => {
  const names: string[] = [];
  const { from, to } = query;
  for (const file of await filesOf(opened, tenant)) {
    if (from !== undefined && file.month < monthOfPlace(from)) continue;
    if (to !== undefined && file.month > monthOfPlace(to)) continue;
    const problem = await problemOfFile(opened, tenant, file);
    if (problem === undefined) names.push(file.name);
    else if (query.broken) query.broken({ file, problem });
    else throw new Fault(`store: ${problem}`);
  }
  return names;
};

/** What is archived of a tenant, as rows. A commit stands in one file, but may stand in two after a lost answer. */
export async function* archivedRows(
  opened: OpenDatabase,
  tenant: TenantScope,
  query: ArchiveQuery,
): AsyncGenerator<ArchivedRow> {
  const names = await readable(opened, tenant, query);
  const { archive } = opened;
  if (!archive || names.length === 0) return;
  const { streams, from, to, by } = query;
  let last = '';
  const wanted = query.types && new Set(query.types);
  for await (const row of archive.parquet.read({ files: names.map(archive.pathOf), streams, from, to, by })) {
    if (row.place === last) continue;
    last = row.place;
    if (!wanted || row.types.split(',').some((type) => wanted.has(type))) yield row;
  }
}

/** As the store's driver gives it. */
export const commitIn = ({ document }: Pick<ArchivedRow, 'document'>): Commit =>
  BSON.deserialize(document, { promoteBuffers: true }) as Commit;

export async function* archivedCommits(
  opened: OpenDatabase,
  tenant: TenantScope,
  query: ArchiveQuery,
): AsyncGenerator<Commit> {
  for await (const row of archivedRows(opened, tenant, query)) yield commitIn(row);
}

/** Of these places, the commits that are archived; files that cannot be read have none. */
export const archivedAt = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  places: readonly Pick<Commit, 'streamId' | 'version'>[],
): Promise<Commit[]> => {
  if (places.length === 0) return [];
  const wanted = new Set(places.map(({ streamId, version }) => placeOf(streamId, version)));
  const streams = [...new Set(places.map(({ streamId }) => streamId))];
  const found: Commit[] = [];
  for await (const row of archivedRows(opened, tenant, { streams, by: 'stream', broken: () => undefined }))
    if (wanted.has(placeOf(row.stream, row.version))) found.push(commitIn(row));
  return found;
};
