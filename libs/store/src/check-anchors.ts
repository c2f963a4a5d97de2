import type { AnchorMade } from '#contracts';
import type { Typed } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { anchorIn, dayOf, linkTo } from './anchor.js';
import { coveredBy, type AnchorCover } from './anchored-heads.js';
import { ANCHORS, streamsOf, subjectsOf } from './census.js';
import { CHAIN } from './chain.js';
import type { OpenDatabase } from './collections.js';
import type { ChainFindings } from './chain-findings.js';
import { orderFrom } from './commits.js';
import { anchorsIn } from './make-anchors.js';
import type { FactCodec } from './port.js';
import type { ChainQuery, Seal, SignedAnchor } from './port-chain.js';
import type { TenantScope } from './scope.js';

/** The last moment there is a day of. */
const LAST_MS = 8.64e15;

/** An anchor where it is kept. */
interface AnchorPlace {
  streamId: string;
  version: number;
  /** Empty when the fact cannot be read any more. */
  signature: string;
}

async function* placesIn(opened: OpenDatabase, codec: FactCodec, tenant: TenantScope): AsyncGenerator<AnchorPlace> {
  const signatureIn = (bytes: Buffer): string => {
    try {
      return (codec.decode(bytes) as Typed as AnchorMade).signature;
    } catch {
      return '';
    }
  };
  for await (const { streamId, version, facts } of opened.commits
    .find({ tenant, streamId: streamsOf(ANCHORS) })
    .sort({ tenant: 1, streamId: 1, version: 1 })) {
    // What is no commit any more is told by the check of the chain.
    for (const fact of Array.isArray(facts) ? facts : [])
      if (fact?.type === 'anchor.made') yield { streamId, version, signature: signatureIn(fact.bytes) };
  }
}

/** Anchors kept of a tenant, as they were signed; those that are not signed are left out. */
export async function* anchorsKept(
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  seal: Seal,
): AsyncGenerator<SignedAnchor> {
  for await (const { signature } of placesIn(opened, codec, tenant)) {
    const anchor = anchorIn(await seal.open('anchor', opened.service, signature), signature);
    if (anchor) yield anchor;
  }
}

/** By subject and number. */
type AnchorsBySubject = Map<string, Map<number, SignedAnchor>>;
const put = (anchors: AnchorsBySubject, anchor: SignedAnchor): void => {
  const of = anchors.get(anchor.subject) ?? new Map<number, SignedAnchor>();
  anchors.set(anchor.subject, of.set(anchor.number, anchor));
};

const readKept = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  seal: Seal,
  found: ChainFindings,
): Promise<AnchorsBySubject> => {
  const anchors: AnchorsBySubject = new Map();
  for await (const { streamId, version, signature } of placesIn(opened, codec, tenant)) {
    const anchor = anchorIn(await seal.open('anchor', opened.service, signature), signature);
    if (!anchor)
      found.add({
        streamId,
        version,
        problem: `this anchor does not bear the signature of ${opened.service}: it was changed or made by somebody else`,
      });
    else if (
      anchor.tenant !== tenant ||
      streamId !== anchorsIn(opened.service, tenant, anchor.subject) ||
      anchor.number !== version
    ) {
      found.add({
        streamId,
        version,
        problem: `this anchor is number ${anchor.number} of ${anchor.subject} of ${anchor.tenant}: it was moved`,
      });
    } else put(anchors, anchor);
  }
  return anchors;
};

/** Takes in what others kept of this store's anchors; what is missing or another here is told. */
const compareWitnesses = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  seal: Seal,
  anchors: AnchorsBySubject,
  witnesses: NonNullable<ChainQuery['witnesses']>,
  found: ChainFindings,
): Promise<void> => {
  for (const { from, signature } of witnesses) {
    const anchor = anchorIn(await seal.open('anchor', opened.service, signature), signature);
    if (anchor?.tenant !== tenant) {
      found.add({
        streamId: `${ANCHORS}/${tenant}`,
        version: 0,
        problem: `${from} has an anchor that does not bear the signature of ${opened.service}`,
      });
      continue;
    }
    const kept = anchors.get(anchor.subject)?.get(anchor.number);
    if (kept?.signature === signature) continue;
    const of = { streamId: anchorsIn(opened.service, tenant, anchor.subject), version: anchor.number };
    found.add({
      ...of,
      problem: kept
        ? `${from} has another anchor number ${anchor.number}, of ${anchor.day}`
        : `the anchor of ${anchor.day} is gone from the store; ${from} has it`,
    });
    if (!kept) put(anchors, anchor);
  }
};

const inWords = ({ streams, commits }: Pick<AnchorCover, 'streams' | 'commits'>): string =>
  `${streams} streams with ${commits} commits`;

/** What is wrong with one anchor, given the one before it and what the heads noted for it amount to. */
const problemsOf = (
  anchor: SignedAnchor,
  before: SignedAnchor | undefined,
  covered: AnchorCover | undefined,
): string[] => {
  const problems: string[] = [];
  if (before && linkTo(before) !== anchor.previous)
    problems.push(`the anchor of ${anchor.day} does not follow that of ${before.day}`);
  if (before && (anchor.streams < before.streams || anchor.commits < before.commits)) {
    problems.push(
      `the anchor of ${anchor.day} counts ${inWords(anchor)}, that of ${before.day} counted ${inWords(before)}`,
    );
  }
  if (covered?.root !== anchor.root || covered.streams !== anchor.streams || covered.commits !== anchor.commits) {
    problems.push(
      `the anchor of ${anchor.day} is signed over ${inWords(anchor)}; the heads kept for it are ${inWords(covered ?? { streams: 0, commits: 0 })} and not those: heads were taken out or changed`,
    );
  }
  return problems;
};

const newestCommit = async (opened: OpenDatabase, tenant: TenantScope): Promise<number> => {
  const [newest] = await opened.patiently('looking for the newest commit', () =>
    opened.commits
      .find({ tenant }, { projection: { at: 1 } })
      .sort({ order: -1 })
      .limit(1)
      .toArray(),
  );
  // What bears no time is told by the check of the chain.
  return typeof newest?.at === 'number' && newest.at <= LAST_MS ? newest.at : 0;
};

/** When the first of a subject's commits before then was made, of the form that came with anchors. */
const earlier = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  subject: string,
  until: number,
): Promise<number | undefined> => {
  const [found] = await opened.patiently('looking for an old commit', () =>
    opened.commits
      .find(
        { tenant, streamId: streamsOf(subject), chain: CHAIN, order: { $lt: orderFrom(until) } },
        { projection: { at: 1 } },
      )
      .sort({ order: 1 })
      .limit(1)
      .toArray(),
  );
  return typeof found?.at === 'number' && found.at >= 0 ? found.at : undefined;
};

/**
 * Anchors may all be deleted and the service begin anew: then there are commits of more than a whole day before its
 * first.
 */
const beginning = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  subject: string,
  first: SignedAnchor | undefined,
): Promise<string | undefined> => {
  if (!first) return undefined;
  const start = Date.parse(`${first.day}T00:00:00Z`);
  const oldest = await earlier(opened, tenant, subject, start - DAY_MS);
  if (oldest === undefined) return undefined;
  // The service may have stood still: only what it wrote on a later day shows that it ran, and should have made one.
  const from = Date.parse(`${dayOf(oldest)}T00:00:00Z`) + 2 * DAY_MS;
  const later =
    from >= start
      ? null
      : await opened.patiently('looking for an old commit', () =>
          opened.commits.findOne(
            { tenant, order: { $gte: orderFrom(from), $lt: orderFrom(start) } },
            { projection: { _id: 1 } },
          ),
        );
  return later
    ? `there is no anchor before that of ${first.day}, and commits from ${dayOf(oldest)} on: anchors are missing`
    : undefined;
};

/**
 * A service that runs makes an anchor every day, so more than a whole day of commits without one means that they are
 * gone.
 * @returns what is missing, in words.
 */
const lateness = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  subject: string,
  last: SignedAnchor | undefined,
  newest: number,
): Promise<string | undefined> => {
  if (last) {
    if (newest < Date.parse(`${last.day}T00:00:00Z`) + 2 * DAY_MS) return undefined;
    return `there is no anchor after that of ${last.day}, and commits as late as ${dayOf(newest)}: anchors are missing`;
  }
  const old = await opened.patiently('looking for an old commit', () =>
    opened.commits.findOne(
      { tenant, streamId: streamsOf(subject), at: { $gte: 0, $lt: newest - 2 * DAY_MS } },
      { projection: { at: 1 } },
    ),
  );
  return old ? `there is no anchor, and commits from ${dayOf(old.at)} on: anchors are missing` : undefined;
};

/**
 * Checks every anchor of a tenant, or of some subjects: signature, order, and that the root is that of the heads noted
 * for it.
 */
export const checkAnchors = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  { witnesses = [], subjects }: Pick<ChainQuery, 'witnesses'> & { subjects?: ReadonlySet<string> },
  found: ChainFindings,
): Promise<{ anchors: number; lastAnchorAt?: number }> => {
  const { seal } = opened;
  if (!seal) return { anchors: 0 };
  const all = await readKept(opened, codec, tenant, seal, found);
  await compareWitnesses(opened, tenant, seal, all, witnesses, found);
  const newest = await newestCommit(opened, tenant);
  const seen = { anchors: 0, lastAnchorAt: undefined as number | undefined };
  for await (const subject of subjectsOf(opened, tenant))
    if (subject !== ANCHORS && !all.has(subject)) all.set(subject, new Map());
  for (const [subject, byNumber] of [...all].filter(([one]) => subjects?.has(one) ?? true).sort()) {
    const anchors = [...byNumber.values()].sort((one, other) => one.number - other.number);
    const covered = await coveredBy(
      opened,
      tenant,
      subject,
      anchors.map(({ run }) => run),
    );
    const streamId = anchorsIn(opened.service, tenant, subject);
    for (const anchor of anchors) {
      for (const problem of problemsOf(anchor, byNumber.get(anchor.number - 1), covered.get(anchor.run)))
        found.add({ streamId, version: anchor.number, problem });
      seen.lastAnchorAt = Math.max(seen.lastAnchorAt ?? 0, anchor.at);
    }
    seen.anchors += anchors.length;
    const missed = await beginning(opened, tenant, subject, anchors[0]);
    if (missed !== undefined) found.add({ streamId, version: anchors[0]?.number ?? 1, problem: missed });
    const late = await lateness(opened, tenant, subject, anchors.at(-1), newest);
    if (late !== undefined) found.add({ streamId, version: (anchors.at(-1)?.number ?? 0) + 1, problem: late });
  }
  return seen;
};
