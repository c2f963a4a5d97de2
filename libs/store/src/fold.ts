import { createHash } from 'node:crypto';
import { briefReasonOf, type Heard, type Typed } from '#libs/model';
import { positionKey } from './commits.js';
import { positionOf } from './place.js';
import type { StoredView } from './port.js';
import { scopeOf, type TenantScope } from './scope.js';

/** A document in memory: what is kept of it, and whether this call changed it. */
export interface FoldedDocument {
  tenant: TenantScope;
  key: string;
  doc: unknown;
  rev: number;
  seen: Record<string, number>;
  changed: boolean;
  /** Why a fact could not be shown, if so: the document goes on without it. */
  trouble?: string;
}

/** Streams remembered per document. A document fed by more must not mind hearing an old fact again. */
const SEEN_LIMIT = 10_000;

export const documentId = (tenant: TenantScope, key: string): string => `${tenant}/${key}`;

/** Short and free of dots: 72 bits of a hash of the stream. */
export const seenKey = (stream: string): string => createHash('sha256').update(stream).digest('base64url').slice(0, 12);

/** Documents of a fact: none when they cannot be named, or when its scope is none of today's. */
const placesOf = <Doc, F extends Typed>(
  view: StoredView<Doc, F>,
  fact: Heard<F>,
  failed: (fact: Heard, error: unknown) => void,
): { tenant: TenantScope; key: string }[] => {
  try {
    const tenant = scopeOf(fact.envelope.tenant);
    return [...new Set(view.keys(fact))].map((key) => ({ tenant, key }));
  } catch (error) {
    failed(fact, error);
    return [];
  }
};

/**
 * Facts by the document they change, in the order heard; `failed` is told of a fact whose documents cannot be named, or
 * whose scope is none: an earlier release took more names, and one such fact must not keep the others from being shown.
 */
export const byDocument = <Doc, F extends Typed>(
  view: StoredView<Doc, F>,
  heard: readonly Heard[],
  failed: (fact: Heard, error: unknown) => void = (_fact, error) => {
    throw error;
  },
): Map<string, { tenant: TenantScope; key: string; facts: Heard<F>[] }> => {
  const groups = new Map<string, { tenant: TenantScope; key: string; facts: Heard<F>[] }>();
  const hears = new Set<string>(view.hears);
  for (const one of heard) {
    if (!hears.has(one.message.type)) continue;
    const fact = one as Heard<F>;
    for (const { tenant, key } of placesOf(view, fact, failed)) {
      const id = documentId(tenant, key);
      const group = groups.get(id) ?? { tenant, key, facts: [] };
      group.facts.push(fact);
      groups.set(id, group);
    }
  }
  return groups;
};

/** Folds facts into one document; those it has taken in before are dropped. */
export const fold = <Doc, F extends Typed>(
  view: StoredView<Doc, F>,
  start: FoldedDocument,
  facts: readonly Heard<F>[],
): FoldedDocument => {
  let doc = start.doc as Doc | undefined;
  let { changed } = start;
  let trouble: string | undefined;
  const seen = { ...start.seen };
  for (const fact of facts) {
    const { sequence } = fact.envelope;
    if (sequence) {
      const stream = seenKey(positionKey(fact.envelope));
      const position = positionOf(sequence);
      if ((seen[stream] ?? -1) >= position) continue;
      // Last in, last out.
      delete seen[stream];
      seen[stream] = position;
    }
    changed = true;
    try {
      doc = view.show(doc, fact, start.key);
    } catch (error) {
      trouble = `${fact.envelope.type} ${fact.envelope.id}: ${briefReasonOf(error)}`;
    }
  }
  const streams = Object.keys(seen);
  for (const oldest of streams.slice(0, Math.max(0, streams.length - SEEN_LIMIT))) delete seen[oldest];
  return { ...start, doc, seen, changed, ...(trouble === undefined ? {} : { trouble }) };
};
