import { Refused } from '#libs/model';
import type { ViewQuery, ScopedView, TenantDocument } from '#libs/store';

export interface Paging {
  first: number;
  after?: string | null;
}
export interface Connection<Item> {
  edges: { cursor: string; node: Item }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  /** Counted only when asked for. */
  totalCount(): Promise<number>;
}

const PAGE = 200;

/** A place in a list: some items after where a page of the store began. */
interface CursorPlace {
  after?: string;
  skip: number;
}

const cursorOf = ({ after, skip }: CursorPlace): string =>
  Buffer.from(JSON.stringify([after ?? null, skip])).toString('base64url');

const placeOf = (cursor: string | null | undefined): CursorPlace => {
  if (!cursor) return { skip: 0 };
  try {
    const [after, skip] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    const good =
      (after === null || typeof after === 'string') &&
      Number.isInteger(skip) &&
      (skip as number) >= 0 &&
      (skip as number) <= PAGE;
    if (good) return { skip: skip as number, ...(after === null ? {} : { after: after as string }) };
  } catch {
    // Told below.
  }
  throw new Refused('the cursor is not one of this list', 'BAD_CURSOR');
};

/** One page of a view as a Relay connection. @throws Refused BAD_LIMIT or BAD_CURSOR. */
export const connection = async <Doc, Item>(
  view: ScopedView<Doc>,
  query: Pick<ViewQuery, 'where' | 'sort'>,
  { first, after }: Paging,
  itemOf: (shown: TenantDocument<Doc>) => Item,
): Promise<Connection<Item>> => {
  if (first < 1 || first > PAGE) throw new Refused(`first is 1 to ${PAGE}`, 'BAD_LIMIT');
  const place = placeOf(after);
  const page = await view.find({ ...query, limit: first + place.skip, after: place.after });
  const edges = page.items
    .slice(place.skip)
    .map((shown, index) => ({ cursor: cursorOf({ ...place, skip: place.skip + index + 1 }), node: itemOf(shown) }));
  const hasNextPage = page.next !== undefined;
  const endCursor = hasNextPage ? cursorOf({ after: page.next, skip: 0 }) : (edges.at(-1)?.cursor ?? null);
  return { edges, pageInfo: { hasNextPage, endCursor }, totalCount: () => view.count(query.where) };
};
