import { everything, type Everything } from '../../libs/store/test/everything.js';
import { collectionScopes } from './scopes.js';
import type { SurfacePiece, SearchedSurface } from './surface.js';
import { scopeOf } from './topics.js';

const scopeOfCollection = ({ service, collection }: Everything) =>
  collectionScopes[`${service} ${collection}`] ?? collectionScopes[collection];

const idOf = ({ _id: id }: Record<string, unknown>): string => String(id);

const ofTenant = (document: Record<string, unknown>): SurfacePiece => {
  const { tenant } = document;
  if (typeof tenant !== 'string' || tenant === '')
    return { where: idOf(document), scope: 'NOBODY', content: document, wrong: 'names no tenant' };
  return { where: idOf(document), scope: scopeOf(tenant), content: document };
};

/**
 * Parts of a checkpoint that belong together: chunks of one stamp are one text, and its lists hold an entry a tenant's
 * thing each.
 */
const entriesOf = (documents: readonly Record<string, unknown>[]): SurfacePiece[] => {
  const stamps = new Map<string, Record<string, unknown>[]>();
  for (const one of documents)
    stamps.set(`${String(one.of)} ${String(one.stamp)}`, [
      ...(stamps.get(`${String(one.of)} ${String(one.stamp)}`) ?? []),
      one,
    ]);
  return [...stamps].flatMap(([where, chunks]) => {
    const bytes = Buffer.concat(
      chunks.sort((a, b) => Number(a.index) - Number(b.index)).map((one) => one.bytes as Buffer),
    );
    return leaves(JSON.parse(bytes.toString('utf8'))).map(
      (content, index): SurfacePiece => ({ where: `${where}, entry ${index}`, scope: 'ONE', content }),
    );
  });
};

/** The entries of the outermost lists; what is outside of lists is one entry. */
const leaves = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(leaves);
};

const surfaceOf = (one: Everything): SearchedSurface => {
  const { service, collection, documents } = one;
  const scope = scopeOfCollection(one);
  const base = { kind: 'collection' as const, name: `${service} ${collection}` };
  if (!scope)
    return {
      ...base,
      pieces: [
        {
          where: collection,
          scope: 'NOBODY',
          content: documents,
          wrong: 'this collection has no line in e2e/isolation/scopes.ts: say whose its documents are',
        },
      ],
    };
  if (scope === 'TENANT') return { ...base, pieces: documents.map(ofTenant) };
  if (scope === 'ENTRIES') return { ...base, pieces: entriesOf(documents) };
  return { ...base, pieces: documents.map((document) => ({ where: idOf(document), scope, content: document })) };
};

/** Every collection of every service's database. */
export const collectionSurfaces = async (mongoUrl: string): Promise<SearchedSurface[]> =>
  (await everything(mongoUrl)).map(surfaceOf);
