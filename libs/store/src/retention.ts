import { Fault } from '#libs/model';
import { tenantsOf } from './census.js';
import type { OpenDatabase } from './collections.js';
import { faultOf } from './errors.js';
import { leaseOf } from './lease.js';
import { letGoOfAnswers } from './old-answers.js';
import type { GoOn } from './anchored-heads.js';
import type { Seal } from './port-chain.js';
import type { LetGo, Retention } from './port-retention.js';
import { scopeOf } from './scope.js';

/** Of one page of work; the lease is renewed between two. */
const LEASE_MS = 60_000;

/** What of one tenant is over. One tenant's trouble is not another's. */
const ofTenant = async (
  opened: OpenDatabase,
  seal: Seal,
  name: string,
  over: { now: number; keepMs: number },
  going: GoOn,
): Promise<LetGo[]> => {
  try {
    const answers = await letGoOfAnswers(opened, seal, scopeOf(name), over, going);
    return answers > 0 ? [{ tenant: name, answers }] : [];
  } catch (error) {
    opened.log.error({ tenant: name, err: faultOf('retention', error) }, 'what is over of a tenant was not let go of');
    return [];
  }
};

const apply = async function* (
  opened: OpenDatabase,
  ...[now, { answersMs }, stopping = () => false]: Parameters<Retention['apply']>
): ReturnType<Retention['apply']> {
  const { seal } = opened;
  if (answersMs === undefined) return;
  if (!seal) throw new Fault('store: only the service itself lets go of something: it signs what is gone');
  const lease = leaseOf(opened, 'retention', LEASE_MS);
  const going = async (): Promise<boolean> => !stopping() && lease.hold();
  try {
    for await (const tenant of tenantsOf(opened)) {
      if (!(await going())) return;
      yield* await ofTenant(opened, seal, tenant, { now, keepMs: answersMs }, going);
    }
  } finally {
    await lease.release().catch(() => undefined);
  }
};

/** See Store.retention. */
export const retentionOf = (opened: OpenDatabase): Retention => ({
  apply: (...how) => apply(opened, ...how),
});
