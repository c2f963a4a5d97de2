import { Refused } from '#libs/model';
import type { ScopedView, TenantDocument } from '#libs/store';
import { survivorOf } from '#libs/terms';
import { nodeId } from '../domain/node-id.js';
import type { Visit } from '../graphql/visit.js';
import type { Connection, Paging } from '../reading/connection.js';
import { waiting, type WaitingDoc } from '../views/waiting.js';
import { itemsOf, type WaitingCase, type WaitingItem } from '../views/waiting-items.js';

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
  /** That the work goes on in, and as what it is known. */
  caseId: string;
  goesOn: WaitingCase | null;
  item: WaitingItem;
  place: WaitingPlace;
}

/** Cases and what they went into, as far as they are known. */
type KnownCases = ReadonlyMap<string, WaitingDoc>;

const casesOf = async (view: ScopedView<WaitingDoc>, caseIds: readonly string[]): Promise<KnownCases> => {
  const known = new Map<string, WaitingDoc>();
  for (let wanted = [...new Set(caseIds)]; wanted.length > 0; ) {
    const found = await view.getMany(wanted);
    for (const { key, doc } of found) known.set(key, doc);
    const next = found.flatMap(({ doc }) => doc.case?.mergedInto ?? []);
    wanted = [...new Set(next)].filter((caseId) => !known.has(caseId));
  }
  return known;
};

/** What waits of a case that was merged does of the one that its work goes on in: no other has a page. */
const partsOf = (shown: TenantDocument<WaitingDoc>, known: KnownCases): WaitingPart[] => {
  const { doc, key } = shown;
  const caseId = survivorOf(doc.caseId, (id) => known.get(id)?.case?.mergedInto);
  const goesOn = known.get(caseId)?.case ?? doc.case;
  const items = doc.case?.isMerged ? itemsOf(doc, goesOn) : doc.items;
  return items.map((item) => ({ shown, caseId, goesOn, item, place: [doc.since ?? 0, key, item.since, item.id] }));
};

/** What of a page need not be of the case whose document it is. */
const ofOthers = ({ doc }: TenantDocument<WaitingDoc>): string[] =>
  doc.caseId && (!doc.case || doc.case.isMerged) ? [doc.caseId] : [];

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
    const known = await casesOf(view, page.items.flatMap(ofOthers));
    yield* page.items.flatMap((shown) => partsOf(shown, known)).filter(({ place }) => !from || isAfter(place, from));
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
  const edges = shown.map((part) => ({
    cursor: cursorOf(part.place),
    node: {
      ...part.item,
      id: idOf(part),
      caseId: part.caseId ? nodeId('Case', part.shown.tenant, part.caseId) : null,
      caseNumber: part.goesOn ? caseNumber(part.shown.tenant, part.goesOn.number) : '',
    },
  }));
  return {
    edges,
    pageInfo: { hasNextPage: parts.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: () => countOf(view),
  };
};
