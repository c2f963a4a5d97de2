import { DAY_MS } from '#libs/terms';
import type { GoOn } from '../anchored-heads.js';
import type { OpenDatabase } from '../collections.js';
import { placeOf } from '../commits.js';
import type { Seal } from '../port-chain.js';
import type { TenantScope } from '../scope.js';
import type { ArchiveFolder } from './folder.js';
import { dueCommits, type DueCommit } from './due-commits.js';
import { withoutUnlisted } from './erase-archived.js';
import type { ArchivedFile } from './documents.js';
import { claim, enlist, signedFile } from './manifest.js';
import { fileName, monthOf, monthStart } from './places.js';
import type { ArchivedRow } from './parquet.js';
import { problemOfFile } from './read-archive.js';

/** Of one round: what is held in memory, and of one file at most. */
const ROUND_BYTES = 16 * 1_048_576;
const ROUND_COMMITS = 10_000;
const TAKEN_AT_ONCE = 500;
/**
 * What is archived stays in the store for so long: who began to read before it was on the list finds it there, and so
 * does whoever is cut short between writing and noting.
 */
const STAYS_MS = DAY_MS;

/** How far a pass came. */
export interface ArchivedCommits {
  /** Written to files. */
  archived: number;
  /** Taken from the store, being in files that were read. */
  taken: number;
}

/** Who archives what. */
interface Archiving {
  opened: OpenDatabase & { archive: ArchiveFolder };
  seal: Seal;
  tenant: TenantScope;
  now: number;
  /** Of the list, as it was taken over. */
  epoch: number;
  files: readonly ArchivedFile[];
  going: GoOn;
}

const rowOf = ({ commit, document }: DueCommit): ArchivedRow => ({
  stream: commit.streamId,
  version: commit.version,
  place: commit.order,
  types: [...new Set(commit.facts.map(({ type }) => type))].join(','),
  document,
});

/** Which of these stand in files, as they are read now: byte by byte, or otherwise. */
const standing = async (
  { opened, tenant }: Archiving,
  files: readonly ArchivedFile[],
  due: readonly DueCommit[],
): Promise<{ same: Set<string>; others: Set<string> }> => {
  const { archive, log } = opened;
  const names: string[] = [];
  for (const file of files) {
    const problem = await problemOfFile(opened, tenant, file);
    if (problem === undefined) names.push(archive.pathOf(file.name));
    else log.error({ tenant, file: file.name, problem }, 'the archive is not whole: what it lacks and is left is kept');
  }
  const documents = new Map(due.map(({ commit, document }) => [commit._id, document]));
  const streams = [...new Set(due.map(({ commit }) => commit.streamId))];
  const [same, others] = [new Set<string>(), new Set<string>()];
  for await (const { stream, version, document } of archive.parquet.read({ files: names, streams, by: 'stream' })) {
    const kept = documents.get(placeOf(stream, version));
    if (kept) (kept.equals(document) ? same : others).add(placeOf(stream, version));
  }
  for (const place of others)
    log.error({ tenant, place }, 'a commit is archived otherwise than the store has it: check the chain');
  return { same, others };
};

/** Writes a month's commits, reads them back, and puts the file on the list. @returns false when somebody else did. */
const writeMonth = async (archiving: Archiving, month: string, due: readonly DueCommit[]): Promise<boolean> => {
  const { opened, seal, tenant, now, epoch, going } = archiving;
  const name = fileName(tenant, month, epoch);
  const written = await opened.archive.write(name, due.map(rowOf));
  const streams = new Set(due.map(({ commit }) => commit.streamId)).size;
  const file = await signedFile(opened, seal, tenant, {
    ...{ name, month, commits: due.length, streams, at: now },
    ...written,
  });
  const whole = (await standing(archiving, [file], due)).same.size === due.length;
  if (!whole) opened.log.error({ tenant, file: name }, 'what was archived is read otherwise: it stays in the store');
  // Of one that was put on the list the answer may be lost: what is on none is removed by a later pass.
  if (whole && (await going())) return enlist(opened, tenant, epoch, file);
  await opened.archive.remove(name);
  return false;
};

/** Takes these from the store, as long as nobody else is at it: the lease is renewed between two pages. */
const take = async ({ opened, tenant, going }: Archiving, ids: readonly string[]): Promise<number> => {
  const sent = { unpublished: { $exists: false as const }, heldBack: { $exists: false as const } };
  let taken = 0;
  for (let from = 0; from < ids.length && (await going()); from += TAKEN_AT_ONCE) {
    const page = ids.slice(from, from + TAKEN_AT_ONCE);
    const { deletedCount } = await opened.patiently('taking archived commits from the store', () =>
      opened.commits.deleteMany({ _id: { $in: page }, tenant, ...sent }),
    );
    taken += deletedCount;
  }
  return taken;
};

/** One round. @returns undefined when somebody else is at it. */
const round = async (archiving: Archiving, due: readonly DueCommit[]): Promise<ArchivedCommits | undefined> => {
  const { files, now, going } = archiving;
  if (!(await going())) return undefined;
  const isSettled = ({ at }: ArchivedFile): boolean => at <= now - STAYS_MS;
  const settled = await standing(archiving, files.filter(isSettled), due);
  const young = await standing(
    archiving,
    files.filter((file) => !isSettled(file)),
    due,
  );
  const taken = await take(
    archiving,
    [...settled.same].filter((place) => !settled.others.has(place)),
  );
  const known = [settled.same, settled.others, young.same, young.others];
  const months = new Map<string, DueCommit[]>();
  for (const one of due) {
    if (known.some((places) => places.has(one.commit._id))) continue;
    const month = monthOf(one.commit.at);
    const some = months.get(month);
    if (some) some.push(one);
    else months.set(month, [one]);
  }
  let archived = 0;
  for (const [month, some] of months) {
    if (!(await writeMonth(archiving, month, some))) return undefined;
    archived += some.length;
  }
  return { archived, taken };
};

const isAnythingDue = async (...where: Parameters<typeof dueCommits>): Promise<boolean> => {
  for await (const _one of dueCommits(...where)) return true;
  return false;
};

/**
 * Archives a tenant's commits of whole months that `keepMs` have gone by since, and takes from the store what was
 * archived before. May end between any two steps: what was written and is not on the list is removed by a later pass,
 * what is on the list and still in the store is found there, and taken then.
 */
export const archiveCommits = async (
  asked: Omit<Archiving, 'epoch' | 'files'>,
  keepMs: number,
): Promise<ArchivedCommits> => {
  const { opened, seal, tenant, now, going } = asked;
  const before = monthStart(now - keepMs);
  const sum: ArchivedCommits = { archived: 0, taken: 0 };
  if (!(await isAnythingDue(opened, seal, tenant, before))) return sum;
  const archiving: Archiving = { ...asked, ...(await claim(opened, tenant)) };
  let [due, bytes]: [DueCommit[], number] = [[], 0];
  const flush = async (): Promise<boolean> => {
    if (due.length === 0) return true;
    const did = await round(archiving, due);
    [due, bytes] = [[], 0];
    sum.archived += did?.archived ?? 0;
    sum.taken += did?.taken ?? 0;
    return did !== undefined;
  };
  for await (const one of dueCommits(opened, seal, tenant, before)) {
    due.push(one);
    bytes += one.document.length;
    if ((bytes >= ROUND_BYTES || due.length >= ROUND_COMMITS) && !(await flush())) return sum;
  }
  if (await flush()) await withoutUnlisted(opened, tenant, going);
  return sum;
};
