import { Fault } from '#libs/model';
import type { GoOn } from './anchored-heads.js';
import { archiveCommits } from './archive/archive-commits.js';
import { ARCHIVE_LEASE, ARCHIVE_LEASE_MS } from './archive/places.js';
import { tenantsOf } from './census.js';
import type { OpenDatabase } from './collections.js';
import { faultOf } from './errors.js';
import { leaseOf } from './lease.js';
import { letGoOfAnswers } from './old-answers.js';
import type { Seal } from './port-chain.js';
import type { ArchivedOf, KeptFor, LetGo, Retention } from './port-retention.js';
import { scopeOf } from './scope.js';

/** What of one tenant is over. One tenant's trouble is not another's. */
const ofTenant = async (
  opened: OpenDatabase,
  seal: Seal,
  name: string,
  { now, answersMs, commitsMs }: KeptFor & { now: number },
  going: GoOn,
): Promise<LetGo | undefined> => {
  const { archive } = opened;
  try {
    const tenant = scopeOf(name);
    const answers =
      answersMs === undefined ? 0 : await letGoOfAnswers(opened, seal, tenant, { now, keepMs: answersMs }, going);
    const { archived, taken } =
      archive && commitsMs !== undefined
        ? await archiveCommits({ opened: { ...opened, archive }, seal, tenant, now, going }, commitsMs)
        : { archived: 0, taken: 0 };
    return answers + archived + taken > 0 ? { tenant: name, answers, archived, taken } : undefined;
  } catch (error) {
    opened.log.error({ tenant: name, err: faultOf('retention', error) }, 'what is over of a tenant was not let go of');
    return undefined;
  }
};

const apply = async function* (
  opened: OpenDatabase,
  ...[now, kept, stopping = () => false]: Parameters<Retention['apply']>
): ReturnType<Retention['apply']> {
  const { seal } = opened;
  if (kept.answersMs === undefined && kept.commitsMs === undefined) return;
  if (!seal) throw new Fault('store: only the service itself lets go of something: it signs what is gone');
  const lease = leaseOf(opened, ARCHIVE_LEASE, ARCHIVE_LEASE_MS);
  const going = async (): Promise<boolean> => !stopping() && lease.hold();
  try {
    for await (const tenant of tenantsOf(opened)) {
      if (!(await going())) return;
      const told = await ofTenant(opened, seal, tenant, { now, ...kept }, going);
      if (told) yield told;
    }
  } finally {
    await lease.release().catch(() => undefined);
  }
};

async function* archivedIn({ archives }: OpenDatabase): AsyncGenerator<ArchivedOf> {
  for await (const { tenant, files } of archives.find({}).sort({ _id: 1 })) {
    const months = new Map<string, ArchivedOf>();
    for (const { month, commits, bytes } of files) {
      const sum = months.get(month) ?? { tenant, month, files: 0, commits: 0, bytes: 0 };
      months.set(month, {
        ...sum,
        ...{ files: sum.files + 1, commits: sum.commits + commits, bytes: sum.bytes + bytes },
      });
    }
    for (const month of [...months.keys()].sort()) yield months.get(month)!;
  }
}

/** See Store.retention. */
export const retentionOf = (opened: OpenDatabase): Retention => ({
  apply: (...how) => apply(opened, ...how),
  archived: () => archivedIn(opened),
});
