import type { ChainFindings } from '../chain-findings.js';
import type { OpenDatabase } from '../collections.js';
import type { TenantScope } from '../scope.js';
import { filesOf, isSigned } from './manifest.js';
import { problemOfFile } from './read-archive.js';

/**
 * Each file on the list of a tenant: there, as it was written, and signed. What a file holds is checked with the chain,
 * which it is a part of. @returns how many files were looked at.
 */
export const checkArchive = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  found: ChainFindings,
): Promise<number> => {
  const files = await filesOf(opened, tenant);
  for (const file of files) {
    const problem =
      (await problemOfFile(opened, tenant, file)) ??
      (!opened.seal || (await isSigned(opened, tenant, file))
        ? undefined
        : `the list of what is archived says something of ${file.name} that ${opened.service} did not sign`);
    if (problem !== undefined) found.add({ streamId: `archive/${tenant}`, version: 0, problem });
  }
  return files.length;
};
