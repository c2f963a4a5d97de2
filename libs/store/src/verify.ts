import { idOf } from '#libs/model';
import { digestOf, GENESIS, hashOf } from './chain.js';
import type { Commit, Opened } from './collections.js';
import type { Problem } from './port.js';
import { byStream } from './reading.js';
import { streamOf, type Scope } from './scope.js';

/** What is wrong inside one commit, given the hash it is chained to. */
export const problemsOf = (commit: Commit, previous: Buffer): string[] => {
  const problems: string[] = [];
  const { streamId, version } = commit;
  commit.facts.forEach((fact, index) => {
    const name = `fact ${index} (${fact.type}, ${fact.id})`;
    if (fact.id !== idOf(streamId, version, index)) problems.push(`${name} is not in its place: the order of facts was changed`);
    if (fact.bytes.length === 0) return;
    if (!digestOf(fact.salt, fact.bytes).equals(fact.digest)) problems.push(`the bytes of ${name} were changed`);
    else if (fact.bytes.readUInt32BE(1) !== fact.schemaId) problems.push(`the schema id of ${name} was changed`);
  });
  const hash = hashOf(previous, streamId, version, commit.facts.map(({ digest }) => digest));
  if (!hash.equals(commit.hash)) problems.push('the commit does not fit the chain: it or the one before was changed, moved or replaced');
  return problems;
};

/** Checks commits as they come, by stream and version. */
export const chainCheck = (): ((commit: Commit) => Problem[]) => {
  let streamId = '';
  let previous: Buffer = GENESIS;
  let expected = 1;
  return (commit) => {
    if (commit.streamId !== streamId) [streamId, previous, expected] = [commit.streamId, GENESIS, 1];
    const { version } = commit;
    const gap = version === expected ? undefined
      : version > expected ? `commits ${expected} to ${version - 1} are missing` : `version ${version} is there twice`;
    // After a gap there is nothing to chain to; the gap is the finding.
    const problems = gap === undefined ? problemsOf(commit, previous) : [gap, ...problemsOf(commit, previous).filter((one) => !one.includes('the chain'))];
    previous = commit.hash;
    expected = version + 1;
    return problems.map((problem) => ({ streamId, version, problem }));
  };
};

/** See TenantFacts.verify. A tail cut off is seen only by whoever knows a later version. */
export const verifyCommits = async (opened: Opened, tenant: Scope, streamId?: string): Promise<Problem[]> => {
  const check = chainCheck();
  const problems: Problem[] = [];
  for await (const commit of byStream(opened, tenant, streamId === undefined ? undefined : streamOf(tenant, streamId))) problems.push(...check(commit));
  return problems;
};
