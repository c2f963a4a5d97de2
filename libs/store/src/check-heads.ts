import { dayOf } from './anchor.js';
import { archivedAt } from './archive/read-archive.js';
import { isHead, isRun } from './anchored-heads.js';
import type { AnchoredDocument, MongoFilter, OpenDatabase } from './collections.js';
import type { ChainFindings } from './chain-findings.js';
import { placeOf } from './commits.js';
import { answersGone } from './old-answers.js';
import type { CommitProblem } from './port-chain.js';
import type { TenantScope } from './scope.js';

const PAGE = 500;

const noted = ({ run }: AnchoredDocument): string => `an anchor of ${dayOf(Number(run.split('/', 1)[0]) || 0)}`;

const lastVersion = async (opened: OpenDatabase, tenant: TenantScope, streamId: string): Promise<number> => {
  const [last] = await opened.commits
    .find({ tenant, streamId }, { projection: { version: 1 } })
    .sort({ version: -1 })
    .limit(1)
    .toArray();
  return last?.version ?? 0;
};

const missing = async (opened: OpenDatabase, head: AnchoredDocument): Promise<string | undefined> => {
  const last = await opened.patiently("looking for a stream's end", () =>
    lastVersion(opened, head.tenant, head.streamId),
  );
  // A gap before the end is told by the chain itself.
  if (last >= head.version) return undefined;
  const saw = `${noted(head)} saw version ${head.version} of it`;
  return last === 0
    ? `${saw}; nothing of it is there any more: the stream was deleted`
    : `${saw}; it ends with version ${last} now: its tail was cut off`;
};

/** Told with its anchors too: their root is over other heads. */
const noHead = ({ streamId, version }: AnchoredDocument): CommitProblem => ({
  streamId: String(streamId),
  version: Number(version) || 0,
  problem: 'what was noted of it for an anchor is no head any more',
});

/** Hashes of the commits at heads, in the store or archived, by place. */
const hashesOf = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  heads: readonly AnchoredDocument[],
): Promise<Map<string, Buffer>> => {
  const places = heads.map(({ streamId, version }) => placeOf(streamId, version));
  const there = await opened.patiently('reading heads', () =>
    opened.commits.find({ _id: { $in: places } }, { projection: { hash: 1, tenant: 1 } }).toArray(),
  );
  const present = new Set(there.map(({ _id }) => _id));
  const archived = await archivedAt(
    opened,
    tenant,
    heads.filter((_head, at) => !present.has(places[at] ?? '')),
  );
  return new Map(
    [...there, ...archived]
      .filter((commit) => commit.tenant === tenant && commit.hash instanceof Uint8Array)
      .map(({ _id, hash }) => [_id, hash]),
  );
};

/**
 * Heads that anchors noted, against the commits that are there. A head is of the stream and version it names: its `_id`
 * is under no signature.
 */
export const checkHeads = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  streams: readonly string[] | undefined,
  found: ChainFindings,
): Promise<void> => {
  const told = new Set<string>();
  const gone = await answersGone(opened, tenant);
  if (gone.problem !== undefined) found.add({ streamId: `answer/${tenant}`, version: 0, problem: gone.problem });
  const check = async (page: AnchoredDocument[]): Promise<void> => {
    const kept = await hashesOf(opened, tenant, page);
    for (const head of page) {
      const hash = kept.get(placeOf(head.streamId, head.version));
      if (told.has(head.streamId) || hash?.equals(head.hash)) continue;
      const problem = hash
        ? `${noted(head)} saw another commit there: the stream was rewritten`
        : await missing(opened, head);
      if (problem === undefined) continue;
      told.add(head.streamId);
      found.add({ streamId: head.streamId, version: head.version, problem });
    }
  };
  const only: MongoFilter<AnchoredDocument> = streams ? { tenant, streamId: { $in: [...streams] } } : { tenant };
  let page: AnchoredDocument[] = [];
  for await (const head of opened.anchored
    .find(only, { batchSize: PAGE })
    .sort({ tenant: 1, streamId: 1, version: 1 })) {
    if (!isHead(head) || !isRun(head.run)) {
      found.add(noHead(head));
      continue;
    }
    if (gone.is(head)) continue;
    if (page.push(head) < PAGE) continue;
    await check(page);
    page = [];
  }
  await check(page);
};
