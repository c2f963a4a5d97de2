import type { ViewFilter } from '#libs/store';
import { nodeId } from '../domain/node-id.js';
import type { AnalystQueryArgs } from '../generated/analyst.js';
import { item, tenantKeys, type Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { exceptions, suppressedBy, type ExceptionDoc } from '../views/exceptions.js';

const isActive = ({ ended, expiresAt }: ExceptionDoc, now: number): boolean => !ended && expiresAt > now;

/** The latest first. `active` true: those that hold; false: those that have ended; none: all. */
export const exceptionsOf = (
  { gate, now }: Visit,
  { tenants, ruleId, active, ...paging }: AnalystQueryArgs['exceptions'],
) => {
  const ended: ViewFilter =
    active === true ? { ended: null, expiresAt: { gt: now() } } : active === false ? { ended: { ne: null } } : {};
  const where = { added: true, ...(ruleId ? { ruleId } : {}), ...ended };
  return connection(
    gate.read(exceptions, tenantKeys(tenants)),
    { where, sort: { addedAt: -1 } },
    paging,
    item('Exception'),
  );
};

/** Fields of Exception that are the same in both schemas. */
export const exceptionFields = {
  id: ({ tenant, exceptionId }: Item<ExceptionDoc>) => nodeId('Exception', tenant, exceptionId),
  active: (doc: Item<ExceptionDoc>, _args: object, { now }: Visit) => isActive(doc, now()),
  endedAt: ({ ended }: Item<ExceptionDoc>) => ended?.at ?? null,
  endReason: ({ ended }: Item<ExceptionDoc>) => ended?.reason ?? null,
  expired: ({ ended }: Item<ExceptionDoc>) => ended?.expired ?? false,
  suppressed: (doc: Item<ExceptionDoc>) => suppressedBy(doc),
};
