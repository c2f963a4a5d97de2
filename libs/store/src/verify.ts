import { idOf } from '#libs/model';
import { CHAIN, factDigestOf, GENESIS, hashOf, personalDigestOf } from './chain.js';
import type { Commit, KeptRequest } from './collections.js';
import { isErased, orderOf, placeOf } from './commits.js';
import type { CommitProblem } from './port-chain.js';

/** Whether an erasure speaks of the commit: then what it may take away may be gone. */
export type IsErased = (commit: Pick<Commit, 'tenant' | 'streamId' | 'at'>) => boolean;

const EMPTY = Buffer.alloc(0);

const factProblems = ({ streamId, version, facts }: Commit, erased: boolean): string[] =>
  facts.flatMap((fact, index) => {
    const problems: string[] = [];
    const name = `fact ${index} (${fact.type}, ${fact.id})`;
    if (fact.id !== idOf(streamId, version, index))
      problems.push(`${name} is not in its place: the order of facts was changed`);
    if (isErased(fact)) return erased ? problems : [...problems, `${name} was blanked, and no erasure speaks of it`];
    if (!factDigestOf(fact).equals(fact.digest)) problems.push(`the bytes of ${name} were changed`);
    else if (fact.bytes.readUInt32BE(1) !== fact.schemaId) problems.push(`the schema id of ${name} was changed`);
    return problems;
  });

const actorProblem = (request: KeptRequest, erased: boolean): string[] => {
  const { actor, personalSalt = EMPTY, personalDigest = EMPTY } = request;
  const name = `request ${request.id} (${request.type})`;
  if (personalSalt.length === 0 && actor.subject === '')
    return erased ? [] : [`who asked for ${name} was blanked, and no erasure speaks of it`];
  return personalDigestOf(personalSalt, request).equals(personalDigest)
    ? []
    : [`who asked for ${name}, or what it was, was changed`];
};

/** What follows from the rest of the commit, and stands outside of its hash. */
const placeProblems = (commit: Commit): string[] => {
  const { _id, tenant, streamId, version, order } = commit;
  const problems: string[] = [];
  if (streamId.split('/', 2)[1] !== tenant)
    problems.push(`it is kept with tenant ${tenant}: it was moved there from another`);
  if (_id !== placeOf(streamId, version)) problems.push(`it is kept under the name ${_id}: it was moved`);
  if (order !== orderOf(commit))
    problems.push('its place in the order of all commits does not follow from its time: one of them was changed');
  return problems;
};

/** The chain of a stream up to some commit. */
interface ChainSoFar {
  hash: Buffer;
  chain: Commit['chain'];
  at: number;
}

const chainProblems = (commit: Commit, { hash, chain, at }: ChainSoFar): string[] => {
  if (commit.chain !== undefined && commit.chain !== CHAIN)
    return [`it is chained in form ${String(commit.chain)}, which this release does not know`];
  const problems: string[] = [];
  if (commit.chain === undefined && chain === CHAIN)
    problems.push('it is chained in the older form, behind one of the newer: it was put back');
  if (commit.chain === CHAIN && commit.at < at)
    problems.push('its time lies before that of the commit before it: one of them was changed');
  if (!hashOf(hash, commit).equals(commit.hash)) {
    problems.push(
      'the commit does not fit the chain: its time, a type, a request or an id was changed, or it or the one before was moved or replaced',
    );
  }
  return problems;
};

/** What is wrong inside one commit, whatever it is chained to. */
const innerProblems = (commit: Commit, erased: boolean): string[] => [
  ...placeProblems(commit),
  ...factProblems(commit, erased),
  // The older chain keeps nothing of who asked: what stands there cannot be checked.
  ...(commit.chain === CHAIN ? commit.requests.flatMap((request) => actorProblem(request, erased)) : []),
];

/** Checks commits as they come, by stream and version. */
export const chainCheck = (erased: IsErased = () => false): ((commit: Commit) => CommitProblem[]) => {
  let streamId = '';
  let past: ChainSoFar = { hash: GENESIS, chain: undefined, at: 0 };
  let expected = 1;
  return (commit) => {
    if (commit.streamId !== streamId)
      [streamId, past, expected] = [commit.streamId, { hash: GENESIS, chain: undefined, at: 0 }, 1];
    const { version, hash, at } = commit;
    const inner = innerProblems(commit, erased(commit));
    const gap =
      version === expected
        ? undefined
        : version > expected
          ? `commits ${expected} to ${version - 1} are missing`
          : `version ${version} is there twice`;
    // After a gap there is nothing to chain to; the gap is the finding.
    const problems = gap === undefined ? [...inner, ...chainProblems(commit, past)] : [gap, ...inner];
    // Every one after a commit put back would be told too; the first is enough.
    past = { hash, chain: commit.chain, at };
    expected = version + 1;
    return problems.map((problem) => ({ streamId, version, problem }));
  };
};
