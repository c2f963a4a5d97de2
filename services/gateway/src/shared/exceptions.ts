import type { Where } from '#libs/store';
import { nodeId } from '../domain/node-id.js';
import { connection, type Paging } from '../reading/connection.js';
import { item, type Item, type Visit } from '../reading/visit.js';
import { suppressedBy, type ExceptionDoc } from '../views/exceptions.js';
import { tenantKeys } from './lists.js';

type Exception = Item<ExceptionDoc>;

const isActive = ({ ended, expiresAt }: ExceptionDoc, now: number): boolean => !ended && expiresAt > now;

/** The latest first. @param active true: those that hold; false: those that have ended; none: all. */
export const exceptionsOf = (
  { gate, now }: Visit,
  {
    tenants,
    ruleId,
    active,
    ...paging
  }: Paging & { tenants?: string[] | null; ruleId?: string | null; active?: boolean | null },
) => {
  const ended: Where =
    active === true ? { ended: null, expiresAt: { gt: now() } } : active === false ? { ended: { ne: null } } : {};
  const where = { added: true, ...(ruleId ? { ruleId } : {}), ...ended };
  return connection(
    gate.read<ExceptionDoc>('exceptions', tenantKeys(tenants)),
    { where, sort: { addedAt: -1 } },
    paging,
    item<ExceptionDoc>('Exception'),
  );
};

export const exceptionFields = {
  id: ({ tenant, exceptionId }: Exception) => nodeId('Exception', tenant, exceptionId),
  active: (doc: Exception, _args: unknown, { now }: Visit) => isActive(doc, now()),
  endedAt: ({ ended }: Exception) => ended?.at ?? null,
  endReason: ({ ended }: Exception) => ended?.reason ?? null,
  expired: ({ ended }: Exception) => ended?.expired ?? false,
  suppressed: (doc: Exception) => suppressedBy(doc),
};
