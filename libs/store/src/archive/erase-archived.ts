import mongoose from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '#libs/model';
import type { KeptFact, KeptRequest, OpenDatabase } from '../collections.js';
import { exactly } from '../exact.js';
import { leaseOf } from '../lease.js';
import type { Seal } from '../port-chain.js';
import type { TenantScope } from '../scope.js';
import { ARCHIVE_LEASE, ARCHIVE_LEASE_MS, fileName, folderOf } from './places.js';
import type { ArchivedFile } from './documents.js';
import { claim, enlist, filesOf, signedFile, unlisted } from './manifest.js';
import type { ArchiveFolder } from './folder.js';
import type { ArchivedRow } from './parquet.js';
import { commitIn, problemOfFile } from './read-archive.js';
import type { IsErased } from '../verify.js';

const { BSON } = mongoose.mongo;
const EMPTY = Buffer.alloc(0);
/** For whoever archives at the moment to give way. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 250;

type RawCommit = { facts: KeptFact[]; requests: KeptRequest[] };

/** As an erasure leaves a commit in the store. */
const blanked = (document: Buffer): Buffer => {
  const commit = exactly(document) as RawCommit;
  const facts = commit.facts.map(({ carried: _carried, ...fact }) => ({ ...fact, salt: EMPTY, bytes: EMPTY }));
  const actor = { subject: '', side: 'SYSTEM' };
  const requests = commit.requests.map((one) => ({ ...one, personalSalt: EMPTY, actor, digest: EMPTY }));
  return Buffer.from(BSON.serialize({ ...commit, facts, requests }));
};

const isBlank = ({ facts }: RawCommit): boolean => facts.every(({ salt, bytes }) => salt.length + bytes.length === 0);

/** Writes a file anew without what is erased. @returns commits blanked; the others stay byte by byte. */
const rewrite = async (
  opened: OpenDatabase & { archive: ArchiveFolder },
  seal: Seal,
  tenant: TenantScope,
  { file, epoch, erased }: { file: ArchivedFile; epoch: number; erased: IsErased },
): Promise<number> => {
  const { archive } = opened;
  const problem = await problemOfFile(opened, tenant, file);
  if (problem !== undefined) throw new Fault(`store: ${problem}`);
  const rows: ArchivedRow[] = [];
  let count = 0;
  for await (const row of archive.parquet.read({ files: [archive.pathOf(file.name)], by: 'stream' })) {
    const commit = commitIn(row);
    const goes = erased(commit) && !isBlank(commit);
    count += goes ? 1 : 0;
    rows.push(goes ? { ...row, document: blanked(row.document) } : row);
  }
  if (count === 0) return 0;
  const name = fileName(tenant, file.month, epoch);
  const written = await archive.write(name, rows);
  const instead = await signedFile(opened, seal, tenant, { ...file, ...written, name });
  if (!(await enlist(opened, tenant, epoch, instead, file.name)))
    throw new Fault('store: somebody else has taken the archive over');
  return count;
};

/**
 * Removes what is on no list: of who was cut short, and what others have taken the place of. Nothing while a file of
 * the list is missing: a store restored from before an erasure names what another file has taken the place of since.
 * @returns whether nothing is left of it.
 */
export const withoutUnlisted = async (
  opened: OpenDatabase & { archive: ArchiveFolder },
  tenant: TenantScope,
  going: () => Promise<boolean>,
): Promise<boolean> => {
  const { archive } = opened;
  const found = await archive.list(folderOf(tenant));
  if (!(await going())) return false;
  const listed = new Set((await filesOf(opened, tenant)).map(({ name }) => name));
  const missing = [...listed].filter((name) => !found.includes(name));
  if (missing.length > 0) {
    opened.log.error({ tenant, missing }, 'files of the archive are missing: none that is on no list is removed');
    return false;
  }
  const others = found.filter((name) => !listed.has(name));
  for (const name of others) await archive.remove(name);
  const replaced = (await opened.archives.findOne({ _id: tenant }))?.replaced ?? [];
  if (replaced.length > 0) await unlisted(opened, tenant, replaced);
  return true;
};

/**
 * Blanks in the archive what an erasure speaks of: after the same in the store, and before it is said to have ended.
 * @returns commits blanked. @throws Fault where the archive is not to be had, or somebody is at it for long.
 */
export const eraseArchived = async (
  opened: OpenDatabase,
  seal: Seal,
  tenant: TenantScope,
  erased: IsErased,
): Promise<number> => {
  const { archive } = opened;
  if (!archive) {
    if ((await filesOf(opened, tenant)).length === 0) return 0;
    throw new Fault(
      'store: something of the tenant is archived, and it was not said where the archive is (ARCHIVE_DIR)',
    );
  }
  const lease = leaseOf(opened, ARCHIVE_LEASE, ARCHIVE_LEASE_MS);
  try {
    for (const until = performance.now() + PATIENCE_MS; !(await lease.hold()); ) {
      if (performance.now() > until) throw new Fault('store: the archive is being written: erase again');
      await pause(LOOK_MS);
    }
    const { files, epoch } = await claim(opened, tenant);
    const there = { ...opened, archive };
    let commits = 0;
    for (const file of files) {
      if (!(await lease.hold())) throw new Fault('store: somebody else has taken the archive over');
      commits += await rewrite(there, seal, tenant, { file, epoch, erased });
    }
    if (!(await withoutUnlisted(there, tenant, () => lease.hold())))
      throw new Fault('store: files that others have taken the place of are not removed yet: erase again');
    return commits;
  } finally {
    await lease.release().catch(() => undefined);
  }
};
