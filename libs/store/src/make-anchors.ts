import type { AnchorMade } from '#contracts';
import { idOf, type Typed } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { anchorIn, anchorStream, dayOf, linkTo } from './anchor.js';
import { coveredBy, noteHeads, type GoOn } from './anchored-heads.js';
import { ANCHORS, subjectsOf, tenantsOf } from './census.js';
import type { OpenDatabase } from './collections.js';
import { faultOf } from './errors.js';
import { orderFrom } from './commits.js';
import { leaseOf } from './lease.js';
import type { FactCodec, Execute, Lease } from './port.js';
import type { Anchor, Seal, SignedAnchor } from './port-chain.js';
import { scopeOf, streamIdOf, type TenantScope } from './scope.js';

/** Of one tenant's work; the lease is renewed between two. */
const LEASE_MS = 60_000;

/** Id of the stream of anchors. */
export const anchorsIn = (service: string, tenant: TenantScope, subject: string): string =>
  streamIdOf(ANCHORS, tenant, `${service}.${subject}`);

/** What making needs besides the store. */
interface AnchorMaking {
  opened: OpenDatabase;
  codec: FactCodec;
  execute: Execute;
  seal: Seal;
}

const lastOf = async (
  { opened, codec }: AnchorMaking,
  tenant: TenantScope,
  subject: string,
): Promise<SignedAnchor | undefined> => {
  const [last] = await opened.patiently('reading the last anchor', () =>
    opened.commits
      .find({ tenant, streamId: anchorsIn(opened.service, tenant, subject) })
      .sort({ version: -1 })
      .limit(1)
      .toArray(),
  );
  const fact = last?.facts.find(({ type }) => type === 'anchor.made');
  if (!fact) return undefined;
  const made = codec.decode(fact.bytes) as Typed as AnchorMade;
  return anchorIn({ ...made, tenant }, made.signature);
};

/** @returns undefined when another replica was faster. */
const makeOne = async (
  { opened, execute, seal }: AnchorMaking,
  tenant: TenantScope,
  subject: string,
  last: SignedAnchor | undefined,
  at: number,
  run: string,
): Promise<SignedAnchor | undefined> => {
  const { service } = opened;
  const covered = (await coveredBy(opened, tenant, subject, [run])).get(run);
  // A subject whose streams were all too old to be looked at again, and whose heads are gone.
  if (!covered || covered.streams === 0) return undefined;
  const said: Omit<Anchor, 'tenant'> = {
    service,
    subject,
    day: dayOf(at),
    number: (last?.number ?? 0) + 1,
    at,
    run,
    ...covered,
    previous: linkTo(last),
  };
  const signature = await seal.sign('anchor', { ...said, tenant });
  // One a day: another replica's of the same day is the answer to this request too.
  const requestId = idOf('anchor', service, tenant, subject, said.day);
  const [answer] = await execute(anchorStream, [
    {
      tenant,
      requestId,
      request: { type: 'anchor.make', ...said, signature },
      actor: { subject: service, side: 'SYSTEM' },
      roles: ['SERVICE'],
      now: at,
    },
  ]);
  if (answer?.outcome !== 'DONE')
    opened.log.error(
      { tenant, subject, outcome: answer?.outcome, code: answer?.code },
      'an anchor does not follow the one before: check the chain',
    );
  return answer?.outcome === 'DONE' && !answer.repeated ? { ...said, tenant, signature } : undefined;
};

/** Subjects of a tenant that have no anchor of this day yet, each with the last it has. */
const dueOf = async (
  making: AnchorMaking,
  tenant: TenantScope,
  day: string,
): Promise<{ subject: string; last: SignedAnchor | undefined }[]> => {
  const due = [];
  for await (const subject of subjectsOf(making.opened, tenant)) {
    if (subject === ANCHORS) continue;
    const last = await lastOf(making, tenant, subject);
    if (last === undefined || last.day < day) due.push({ subject, last });
  }
  return due;
};

async function* anchorsOf(
  making: AnchorMaking,
  tenant: TenantScope,
  now: number,
  lease: Lease,
  going: GoOn,
): AsyncGenerator<SignedAnchor> {
  const due = await dueOf(making, tenant, dayOf(now));
  if (due.length === 0) return;
  // A day more than since the last: a commit may have become visible late.
  const since = Math.max(0, Math.min(...due.map(({ last }) => last?.at ?? 0)) - DAY_MS);
  const run = `${orderFrom(now)}/${String(lease.epoch()).padStart(10, '0')}`;
  const noted = await noteHeads(
    making.opened,
    { tenant, since, subjects: new Set(due.map(({ subject }) => subject)) },
    run,
    going,
  );
  for (const { subject, last } of noted ? due : []) {
    if (!(await going())) return;
    const made = await makeOne(making, tenant, subject, last, now, run);
    if (made) yield made;
  }
}

/**
 * See ChainOfStore.makeAnchors. One replica at a time. If its lease ends before it notices: two runs have different
 * names, so that what one notes does not change what the other's anchor covers, and of the two anchors of a day one is
 * kept.
 */
export async function* makeAnchors(
  making: AnchorMaking,
  now: number,
  stopping: () => boolean = () => false,
): AsyncGenerator<SignedAnchor> {
  const { opened } = making;
  const lease = leaseOf(opened, 'anchors', LEASE_MS);
  const going: GoOn = async () => !stopping() && lease.hold();
  try {
    for await (const name of tenantsOf(opened)) {
      if (!(await going())) return;
      try {
        yield* anchorsOf(making, scopeOf(name), now, lease, going);
      } catch (error) {
        // One tenant's trouble is not another's; what is wrong is seen when the chain is checked.
        opened.log.error(
          { tenant: name, err: faultOf('making anchors', error) },
          'the anchors of a tenant could not be made',
        );
      }
    }
  } finally {
    await lease.release().catch(() => undefined);
  }
}
