import type { MongoCollection, OpenDatabase } from './collections.js';
import type { TenantScope } from './scope.js';

/** Subjects of the store's own: where streams stood, and what was erased. */
export const ANCHORS = 'anchor';
export const ERASURES = 'erasure';

/** First segment of a stream's id: the class its anchors speak of. */
export const subjectOf = (streamId: string): string => streamId.split('/', 1)[0] ?? '';

/** Streams of one subject: all ids between the two ('0' follows '/'). */
export const streamsOf = (subject: string): { $gt: string; $lt: string } => ({
  $gt: `${subject}/`,
  $lt: `${subject}0`,
});

/** Tenants in one collection, each found by one step in its index. */
async function* stepping(
  { patiently }: OpenDatabase,
  collection: MongoCollection<{ tenant: TenantScope }>,
): AsyncGenerator<TenantScope> {
  for (let after = '' as TenantScope; ; ) {
    const [next] = await patiently('looking for tenants', () =>
      collection
        .find({ tenant: { $gt: after } }, { projection: { tenant: 1 } })
        .sort({ tenant: 1, streamId: 1, version: 1 })
        .limit(1)
        .toArray(),
    );
    if (!next) return;
    yield (after = next.tenant);
  }
}

/** Tenants there are commits of, or were when an anchor was made. As stored: nothing is promised of their names. */
export async function* tenantsOf(opened: OpenDatabase): AsyncGenerator<TenantScope> {
  const told = new Set<TenantScope>();
  for (const collection of [opened.commits, opened.anchored] as unknown as MongoCollection<{ tenant: TenantScope }>[]) {
    for await (const tenant of stepping(opened, collection)) {
      if (told.has(tenant)) continue;
      told.add(tenant);
      yield tenant;
    }
  }
}

/**
 * Subjects of a tenant's streams, or of what anchors saw of them, each found by one step in an index: one whose commits
 * are all gone is still anchored, so that a gap between its anchors tells of anchors taken out.
 */
export async function* subjectsOf(
  { commits, anchored, patiently }: OpenDatabase,
  tenant: TenantScope,
): AsyncGenerator<string> {
  const told = new Set<string>();
  for (const collection of [commits, anchored] as unknown as MongoCollection<{ tenant: string; streamId: string }>[]) {
    for (let after = ''; ; ) {
      const [next] = await patiently('looking for subjects', () =>
        collection
          .find({ tenant, streamId: { $gte: after } }, { projection: { streamId: 1 } })
          .sort({ tenant: 1, streamId: 1, version: 1 })
          .limit(1)
          .toArray(),
      );
      if (!next) break;
      const subject = subjectOf(next.streamId);
      if (!told.has(subject)) yield subject;
      told.add(subject);
      after = `${subject}0`;
    }
  }
}
