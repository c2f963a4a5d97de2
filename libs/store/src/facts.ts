import type { Heard } from '#libs/model';
import type { Commit, MongoFilter, OpenDatabase } from './collections.js';
import { faultOf } from './errors.js';
import { verifyCommits } from './check.js';
import { erase } from './erasure.js';
import { chainFindings } from './chain-findings.js';
import { ANSWERED, heardOf, orderFrom, outFacts } from './commits.js';
import type { FactCodec, Execute, FactsQuery, OutFact, TenantFacts } from './port.js';
import { byStream, inOrder } from './read-commits.js';
import { scopeOf, streamOf, type TenantScope } from './scope.js';

const within = ({ from, to }: FactsQuery): { $gte?: string; $lt?: string } => ({
  ...(from === undefined ? {} : { $gte: orderFrom(from) }),
  ...(to === undefined ? {} : { $lt: orderFrom(to) }),
});

/**
 * Commits that hold facts of these types. A stream's facts bear its subject's name: named too, whatever else a tenant
 * has is not even looked at. (Answers stand in all streams, and what Kafka carried before in streams of other names.)
 */
const commitsWith = (tenant: TenantScope, types: readonly string[] | undefined): MongoFilter<Commit> => {
  if (!types) return {};
  const subjects = [...new Set(types.map((type) => type.split('.', 1)[0] ?? ''))];
  const own = subjects.map((subject) => ({
    streamId: { $gte: `${subject}/${tenant}`, $lt: `${subject}/${tenant}0` },
  }));
  const named: MongoFilter<Commit> = { 'facts.type': { $in: [...types] } };
  if (types.includes(ANSWERED) || own.length === 0) return named;
  return { ...named, ...(own.length === 1 ? own[0] : { $or: own }) };
};

async function* heardIn(
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  query: FactsQuery,
): AsyncIterable<Heard> {
  const wanted = query.types && new Set(query.types);
  const takes = ({ envelope: { type } }: OutFact): boolean => (wanted ? wanted.has(type) : type !== ANSWERED);
  const filter = commitsWith(tenant, query.types);
  for await (const commit of inOrder(opened, { tenant, filter, within: within(query), types: query.types })) {
    for (const fact of outFacts(opened.service, commit).filter(takes)) yield heardOf(codec, fact);
  }
}

const stream = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  streamId: string,
): Promise<{ version: number; facts: Heard[] }> => {
  const commits: Commit[] = [];
  for await (const commit of byStream(opened, tenant, streamOf(tenant, streamId))) commits.push(commit);
  const facts = commits
    .flatMap((commit) => outFacts(opened.service, commit))
    .filter(({ envelope }) => envelope.type !== ANSWERED);
  return { version: commits.at(-1)?.version ?? 0, facts: facts.map((fact) => heardOf(codec, fact)) };
};

/** See Store.facts. */
export const factsOf = (
  opened: OpenDatabase,
  codec: FactCodec,
  name: string,
  execute: Execute,
  forgetStates: () => void,
): TenantFacts => {
  const tenant = scopeOf(name);
  const orFault =
    (doing: string) =>
    (error: unknown): never => {
      throw faultOf(doing, error);
    };
  return {
    stream: (streamId) => stream(opened, codec, tenant, streamId).catch(orFault('reading a stream')),
    all: (query = {}) => heardIn(opened, codec, tenant, query),
    verify: async (streamId) => {
      const found = chainFindings();
      await verifyCommits(opened, codec, tenant, streamId === undefined ? undefined : [streamId], found).catch(
        orFault('checking the chain'),
      );
      return found.list;
    },
    erase: (erasure) => erase(opened, execute, tenant, erasure).catch(orFault('erasing facts')).finally(forgetStates),
  };
};

/** See Store.replay. */
export async function* replayOf(
  opened: OpenDatabase,
  tenant: TenantScope | undefined,
  subjects?: readonly string[],
): AsyncIterable<OutFact> {
  const wanted = subjects && new Set(subjects);
  const tenants =
    tenant === undefined
      ? await opened.patiently('listing tenants', () => opened.commits.distinct('tenant'))
      : [tenant];
  for (const one of tenants) {
    for await (const commit of inOrder(opened, { tenant: one })) {
      if (!wanted || wanted.has(commit.streamId.split('/', 1)[0] ?? '')) yield* outFacts(opened.service, commit);
    }
  }
}
