import type { Heard } from '#libs/model';
import type { Commit, Filter, Opened } from './collections.js';
import { faultOf } from './errors.js';
import { ANSWERED, heardOf, outFacts } from './kept.js';
import type { Codec, FactsQuery, OutFact, TenantFacts } from './port.js';
import { scopeOf, streamOf, type Scope } from './scope.js';
import { verifyCommits } from './verify.js';

const PAGE = 200;
const EMPTY = Buffer.alloc(0);

/** Commits in commit order, page by page: a lost connection costs one page. */
export async function* commitsInOrder(opened: Opened, filter: Filter<Commit>): AsyncIterable<Commit> {
  let last: Commit | undefined;
  for (;;) {
    const after: Filter<Commit> = last === undefined ? {} : { $or: [
      { at: { $gt: last.at } },
      { at: last.at, streamId: { $gt: last.streamId } },
      { at: last.at, streamId: last.streamId, version: { $gt: last.version } },
    ] };
    const page = await opened.patiently('reading facts', () =>
      opened.commits.find({ $and: [filter, after] }).sort({ at: 1, streamId: 1, version: 1 }).limit(PAGE).toArray());
    yield* page;
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}

const timeFilter = ({ from, to }: FactsQuery): Filter<Commit> =>
  from === undefined && to === undefined ? {} : { at: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) } };

async function* heardIn(opened: Opened, codec: Codec, tenant: Scope, query: FactsQuery): AsyncIterable<Heard> {
  const wanted = query.types && new Set(query.types);
  const takes = ({ envelope: { type } }: OutFact): boolean => (wanted ? wanted.has(type) : type !== ANSWERED);
  const types: Filter<Commit> = query.types ? { 'facts.type': { $in: [...query.types] } } : {};
  for await (const commit of commitsInOrder(opened, { tenant, ...timeFilter(query), ...types })) {
    for (const fact of outFacts(opened.service, commit).filter(takes)) yield heardOf(codec, fact);
  }
}

const stream = async (opened: Opened, codec: Codec, tenant: Scope, streamId: string): Promise<{ version: number; facts: Heard[] }> => {
  const commits = await opened.patiently('reading a stream', () =>
    opened.commits.find({ tenant, streamId: streamOf(tenant, streamId) }).sort({ version: 1 }).toArray());
  const facts = commits.flatMap((commit) => outFacts(opened.service, commit)).filter(({ envelope }) => envelope.type !== ANSWERED);
  return { version: commits.at(-1)?.version ?? 0, facts: facts.map((fact) => heardOf(codec, fact)) };
};

/** The digests stay, so the chain of what was said still verifies, although nobody can read it any more. */
const erase = async (opened: Opened, tenant: Scope): Promise<number> => {
  const { matchedCount } = await opened.patiently('erasing facts', () => opened.commits.updateMany(
    { tenant }, { $set: { 'facts.$[].salt': EMPTY, 'facts.$[].bytes': EMPTY, 'requests.$[].actor': { subject: '', side: 'SYSTEM' } }, $unset: { unpublished: true } }));
  return matchedCount;
};

/** See Store.facts. */
export const factsOf = (opened: Opened, codec: Codec, name: string, forgetStates: () => void): TenantFacts => {
  const tenant = scopeOf(name);
  const orFault = (doing: string) => (error: unknown): never => { throw faultOf(doing, error); };
  return {
    stream: (streamId) => stream(opened, codec, tenant, streamId).catch(orFault('reading a stream')),
    all: (query = {}) => heardIn(opened, codec, tenant, query),
    verify: (streamId) => verifyCommits(opened, tenant, streamId).catch(orFault('checking the chain')),
    erase: () => erase(opened, tenant).catch(orFault('erasing facts')).finally(forgetStates),
  };
};

/** See Store.replay. */
export async function* replayOf(opened: Opened, tenant: Scope | undefined, subjects?: readonly string[]): AsyncIterable<OutFact> {
  const wanted = subjects && new Set(subjects);
  for await (const commit of commitsInOrder(opened, tenant === undefined ? {} : { tenant })) {
    if (!wanted || wanted.has(commit.streamId.split('/', 1)[0] ?? '')) yield* outFacts(opened.service, commit);
  }
}
