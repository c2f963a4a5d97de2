import type { Store, ViewFilter } from '#libs/store';
import type { ToldReceipts } from '#libs/terms';
import { pageOf, type ReceiptCursor } from '../domain/receipt-page.js';
import { CountLimit } from '../listeners/count-limit.js';
import type { ReadReceipts } from '../listeners/receipts-door.js';
import { Refusal } from '../listeners/refusal.js';
import { STRETCH_MS, toldReceipts } from '../views/told-receipts.js';

/** Documents of a partition that are read for one answer: some hours at least. */
const STRETCHES = 40;
/** Reads of one tenant under way. */
const AT_ONCE = 2;

/** Each partition from where it was read up to, and together those between that nothing was read of. */
export const placesOf = (source: string, cursor: ReceiptCursor): ViewFilter[] => {
  let above = -1;
  const read = [...cursor]
    .sort(([one], [other]) => one - other)
    .flatMap(([partition, { at }]): ViewFilter[] => {
      const between = { source, partition: { gt: above, lt: partition } };
      const isNone = partition === above + 1;
      above = partition;
      return [...(isNone ? [] : [between]), { source, partition, since: { gte: at - (at % STRETCH_MS) } }];
    });
  return [...read, { source, partition: { gt: above } }];
};

/** Pages of receipts of one source, from the view. */
export const readReceipts = ({ view }: Pick<Store, 'view'>): ReadReceipts => {
  const underWay = new CountLimit(AT_ONCE);
  return async (tenant, { source, cursor, limit }) => {
    if (!underWay.enter(tenant))
      throw new Refusal(
        429,
        'BUSY',
        `More than ${AT_ONCE} requests for receipts are under way; repeat after a second.`,
      );
    try {
      const told = view<ToldReceipts>(toldReceipts.name).for(tenant);
      const stretches: ToldReceipts[] = [];
      let isCut = false;
      for (const where of placesOf(source, cursor)) {
        const { items, next } = await told.find({ where, sort: { since: 1 }, limit: STRETCHES });
        stretches.push(...items.map(({ doc }) => doc));
        isCut ||= next !== undefined;
      }
      const page = pageOf(stretches, cursor, limit);
      return { ...page, more: page.more || isCut };
    } finally {
      underWay.leave(tenant);
    }
  };
};
