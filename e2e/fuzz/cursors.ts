import fc from 'fast-check';
import { Refused } from '#libs/model';
import type { ScopedView } from '#libs/store';
import { isTenant } from '#libs/terms';
import { connection } from '../../services/gateway/src/reading/connection.js';
import { nodeId, NODE_TYPES, readNodeId } from '../../services/gateway/src/domain/node-id.js';
import { changedText, edits } from './bytes.js';
import { inTime, type Fuzz } from './fuzz.js';

const MOST_MS = 2_000;
const coded = (text: string): string => Buffer.from(text).toString('base64url');
const nonsense = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value) ?? ''),
  fc.constantFrom(
    '[null,1e309]',
    '[null,-1]',
    '[null,201]',
    '["x",0.5]',
    '[{"$gt":""},0]',
    '{"length":2}',
    '[null,0,0]',
    '['.repeat(3_000),
  ),
);
const ids = fc.oneof(
  nonsense.map(coded),
  nonsense,
  fc
    .tuple(fc.constantFrom(...NODE_TYPES), fc.string({ maxLength: 40 }), fc.string({ maxLength: 250 }))
    .map(([type, tenant, key]) => nodeId(type, tenant, key)),
  edits.map((changes) => changedText(nodeId('Case', 'acme', 'c1'), changes)),
);

/** An id is one of ours, in a tenant's own letters, or none; it never names a folder, a pattern or another type. */
const nodeIds = fc.property(ids, fc.option(fc.constantFrom(...NODE_TYPES)), (id, wanted) => {
  const found = inTime(
    MOST_MS,
    () => id,
    () => readNodeId(id, wanted ?? undefined),
  );
  if (!found) return;
  const { type, tenant, key } = found;
  if ((wanted && type !== wanted) || !isTenant(tenant) || key.length === 0 || key.length > 200)
    throw new Error(`${id} was read as ${JSON.stringify(found)}`);
});

/** What a list asks the store for, whatever the cursor says. */
const cursors = fc.asyncProperty(
  fc.oneof(nonsense.map(coded), nonsense),
  fc.integer({ min: -5, max: 500 }),
  async (after, first) => {
    const asked: { limit?: number; after?: unknown }[] = [];
    const view = {
      find: async (query: { limit?: number }) => {
        asked.push(query);
        return { items: [] };
      },
      count: async () => 0,
    } as unknown as ScopedView<unknown>;
    const thrown = await connection(view, {}, { first, after }, (shown) => shown).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (thrown !== undefined && !(thrown instanceof Refused)) throw thrown;
    for (const { limit = 0, after: place } of asked) {
      if (limit < 1 || limit > 400 || (place !== undefined && typeof place !== 'string'))
        throw new Error(`the store was asked for ${JSON.stringify(asked)}`);
    }
  },
);

/** Ids and cursors as clients send them back. */
export const cursorsAndIds: Fuzz = {
  name: 'cursors',
  runs: 2_000,
  run: async ({ runs, seed }) => {
    fc.assert(nodeIds, { numRuns: runs, seed });
    await fc.assert(cursors, { numRuns: runs, seed });
  },
};
