import { Refused } from '#libs/model';
import type { ScopedView, TenantDocument } from '#libs/store';
import { nodeId } from '../domain/node-id.js';
import type { Visit } from '../graphql/visit.js';
import type { Connection, Paging } from '../reading/connection.js';
import { waiting, type WaitingDoc } from '../views/waiting.js';
import type { WaitingItem } from '../views/waiting-items.js';

/** Something that waits for the customer's word or hand. */
export interface WaitingOnCustomer extends WaitingItem {
  caseId: string | null;
  caseNumber: string;
}

/** Documents at once, and the most items of a page. */
const PAGE = 200;

/**
 * Where a page ended: in the document of that key, after that item. What is answered meanwhile moves its document
 * further on, where it is met again, but nothing is passed over.
 */
type WaitingPlace = readonly [docSince: number, key: string, since: number, id: string];

const cursorOf = (place: WaitingPlace): string => Buffer.from(JSON.stringify(place)).toString('base64url');

const placeOf = (cursor: string): WaitingPlace => {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as WaitingPlace;
    const kinds = Array.isArray(place) ? place.map((one) => typeof one).join() : '';
    if (kinds === 'number,string,number,string') return place;
  } catch {
    // Told below.
  }
  throw new Refused('the cursor is not one of this list', 'BAD_CURSOR');
};

interface WaitingPart {
  shown: TenantDocument<WaitingDoc>;
  item: WaitingItem;
  place: WaitingPlace;
}

const partsOf = (shown: TenantDocument<WaitingDoc>): WaitingPart[] =>
  shown.doc.items.map((item) => ({
    shown,
    item,
    place: [shown.doc.since ?? 0, shown.key, item.since, item.id],
  }));

const isAfter = (place: WaitingPlace, other: WaitingPlace): boolean => {
  const at = place.findIndex((one, index) => one !== other[index]);
  return at >= 0 && (place[at] as string) > (other[at] as string);
};

/** All that waits after a place: the case that waits longest first, of each the oldest first. */
async function* walk(view: ScopedView<WaitingDoc>, from: WaitingPlace | undefined): AsyncGenerator<WaitingPart> {
  let after: string | undefined;
  do {
    const page = await view.find({
      where: { since: { gte: from?.[0] ?? 0 } },
      sort: { since: 1 },
      limit: PAGE,
      ...(after ? { after } : {}),
    });
    yield* page.items.flatMap(partsOf).filter(({ place }) => !from || isAfter(place, from));
    after = page.next;
  } while (after);
}

const countOf = async (view: ScopedView<WaitingDoc>): Promise<number> => {
  let count = 0;
  for await (const _one of walk(view, undefined)) count += 1;
  return count;
};

/** Node ids of what waits; messages have none of their own. */
const idOf = ({ shown: { tenant }, item: { kind, id } }: WaitingPart): string => {
  if (kind === 'ON_HOLD') return nodeId('Case', tenant, id);
  if (kind === 'RECOMMENDATION') return nodeId('Recommendation', tenant, id);
  return kind === 'APPROVAL' || kind === 'GUIDANCE' ? nodeId('Action', tenant, id) : id;
};

/** What waits for the customer, all of it, page by page. @throws Refused BAD_LIMIT or BAD_CURSOR. */
export const waitingOnYou = async (
  { gate, caseNumber }: Pick<Visit, 'gate' | 'caseNumber'>,
  { first, after }: Paging,
): Promise<Connection<WaitingOnCustomer>> => {
  if (first < 1 || first > PAGE) throw new Refused(`first is 1 to ${PAGE}`, 'BAD_LIMIT');
  const view = gate.read(waiting);
  const parts: WaitingPart[] = [];
  for await (const part of walk(view, after ? placeOf(after) : undefined)) {
    parts.push(part);
    if (parts.length > first) break;
  }
  const shown = parts.slice(0, first);
  const ofCases = await view.getMany([...new Set(shown.map(({ shown: { doc } }) => doc.caseId))]);
  const numbers = new Map(
    ofCases.map(({ tenant, key, doc }) => [key, doc.case && caseNumber(tenant, doc.case.number)]),
  );
  const edges = shown.map((part) => ({
    cursor: cursorOf(part.place),
    node: {
      ...part.item,
      id: idOf(part),
      caseId: part.shown.doc.caseId ? nodeId('Case', part.shown.tenant, part.shown.doc.caseId) : null,
      caseNumber: numbers.get(part.shown.doc.caseId) ?? '',
    },
  }));
  return {
    edges,
    pageInfo: { hasNextPage: parts.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: () => countOf(view),
  };
};
