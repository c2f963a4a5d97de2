import { Fault } from '#libs/model';
import type { OpenDatabase } from '../collections.js';
import type { ArchiveDocument, ArchivedFile } from './documents.js';
import type { Seal } from '../port-chain.js';
import type { TenantScope } from '../scope.js';

const statementOf = (service: string, tenant: TenantScope, file: Omit<ArchivedFile, 'signature'>): object => {
  const { name, month, sha256, bytes, commits, streams, at } = file;
  return { service, tenant, name, month, sha256, bytes, commits, streams, at };
};

export const signedFile = async (
  { service }: OpenDatabase,
  seal: Seal,
  tenant: TenantScope,
  file: Omit<ArchivedFile, 'signature'>,
): Promise<ArchivedFile> => ({
  ...file,
  signature: await seal.sign('archive', statementOf(service, tenant, file)),
});

export const isSigned = async ({ service, seal }: OpenDatabase, tenant: TenantScope, file: ArchivedFile) => {
  const signed = await seal?.open('archive', service, String(file.signature));
  return JSON.stringify(signed) === JSON.stringify(statementOf(service, tenant, file));
};

export const filesOf = async ({ archives, patiently }: OpenDatabase, tenant: TenantScope): Promise<ArchivedFile[]> => {
  const found = await patiently('looking what is archived', () => archives.findOne({ _id: tenant }));
  return Array.isArray(found?.files) ? found.files : [];
};

/**
 * Takes the list of a tenant over, under the lease: whoever took it before puts nothing on it any more. To be called
 * before anything is read that is to be written.
 */
export const claim = async (
  { archives, patiently }: OpenDatabase,
  tenant: TenantScope,
): Promise<Pick<ArchiveDocument, 'epoch' | 'files'>> => {
  const found = await patiently('taking the archive over', () =>
    archives.findOneAndUpdate(
      { _id: tenant },
      { $inc: { epoch: 1 }, $setOnInsert: { tenant, files: [], replaced: [] } },
      { upsert: true, returnDocument: 'after' },
    ),
  );
  if (!found) throw new Fault('store: the list of what is archived could not be taken over');
  return found;
};

/** Puts files on the list, in place of another if one is named. @returns false when fenced: they are not on it. */
export const enlist = async (
  { archives, patiently }: OpenDatabase,
  tenant: TenantScope,
  epoch: number,
  file: ArchivedFile,
  instead?: string,
): Promise<boolean> => {
  const { matchedCount } = await patiently('noting what is archived', () =>
    instead === undefined
      ? // Once only, also when the answer to the first try was lost.
        archives.updateOne({ _id: tenant, epoch }, { $addToSet: { files: file } })
      : archives.updateOne(
          { _id: tenant, epoch, 'files.name': { $in: [instead, file.name] } },
          { $set: { 'files.$': file }, $addToSet: { replaced: instead } },
        ),
  );
  return matchedCount > 0;
};

/** The files are gone: they need not be removed again. */
export const unlisted = async (
  { archives, patiently }: OpenDatabase,
  tenant: TenantScope,
  names: readonly string[],
): Promise<void> => {
  await patiently('noting what is removed', () =>
    archives.updateOne({ _id: tenant }, { $pull: { replaced: { $in: [...names] } } }),
  );
};
