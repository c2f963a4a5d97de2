import type { OpenDatabase } from './collections.js';
import { faultOf, isDuplicate, orFault } from './errors.js';
import type { FirstUse } from './port.js';
import { scopeOf } from './scope.js';

/** See Store.first. The id alone decides, whatever the tenant: two calls at once cannot both be the first. */
export const firstUse = async (
  opened: OpenDatabase,
  tenant: string,
  id: string,
  { of, bytes }: FirstUse,
): Promise<FirstUse> => {
  const scope = scopeOf(tenant);
  try {
    await opened.patiently('keeping what is first', () =>
      opened.firsts.insertOne({ _id: id, tenant: scope, of, bytes, at: new Date() }),
    );
    return { of, bytes };
  } catch (error) {
    if (!isDuplicate(error)) throw faultOf('keeping what is first', error);
  }
  const kept = await orFault(
    'reading what was first',
    opened.patiently('reading what was first', () => opened.firsts.findOne({ _id: id })),
  );
  // Its day may have ended between the two.
  return kept ? { of: kept.of, bytes: kept.bytes } : { of, bytes };
};
