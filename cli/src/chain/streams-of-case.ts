import type { ActionProposed, ClusteringCaseNumbered, CaseOpened, TenantOnboarded } from '#contracts';
import { Refused, type Typed } from '#libs/model';
import type { Store } from '#libs/store';
import { isTenant } from '#libs/terms';
import type { WithStore } from './stores.js';

/** Streams that make up a case, by service. */
export interface CaseStreams {
  tenant: string;
  streams: Record<string, string[]>;
}

const each = async function* <M extends Typed>(store: Store, tenant: string, types: M['type'][]): AsyncGenerator<M> {
  for await (const { message } of store.facts(tenant).all({ types })) yield message as M;
};

const tenantOf = (stores: WithStore, prefix: string): Promise<string | undefined> =>
  stores('tenants', async (store) => {
    for await (const tenant of store.chain.tenants()) {
      // Told as stored: what is no tenant's name has no cases.
      if (!isTenant(tenant)) continue;
      for await (const fact of each<TenantOnboarded>(store, tenant, ['tenant.onboarded']))
        if (fact.prefix === prefix) return tenant;
    }
    return undefined;
  });

/** From the case's own facts, or, where those are gone, from the number it was given. */
const caseOf = (stores: WithStore, tenant: string, wanted: number): Promise<string | undefined> =>
  stores('cases', async (store) => {
    for await (const { caseId, number } of each<CaseOpened | ClusteringCaseNumbered>(store, tenant, [
      'case.opened',
      'clustering.case-numbered',
    ]))
      if (number === wanted) return caseId;
    return undefined;
  });

/**
 * The streams of a case: its own, the tenant's clustering it came from, and its actions. Found from facts alone.
 * @param number such as ACME-1042. @throws Refused when no facts tell of it.
 */
export const streamsOfCase = async (stores: WithStore, number: string, tenantId?: string): Promise<CaseStreams> => {
  const [, prefix = '', digits = ''] = /^([A-Z0-9-]+)-(\d{1,9})$/.exec(number.trim().toUpperCase()) ?? [];
  const tenant = tenantId ?? (await tenantOf(stores, prefix));
  const caseId = tenant === undefined ? undefined : await caseOf(stores, tenant, Number(digits));
  if (tenant === undefined || caseId === undefined) {
    throw new Refused(
      `no facts tell of a case ${number}: if there was one, vigie chain verify${tenant ? ` --tenant ${tenant}` : ''} says where they went`,
      'NO_CASE',
    );
  }
  const actions = await stores('response', async (store) => {
    const found: string[] = [];
    for await (const { actionId, caseId: of } of each<ActionProposed>(store, tenant, ['action.proposed']))
      if (of === caseId) found.push(`action/${tenant}/${actionId}`);
    return found;
  });
  return { tenant, streams: { cases: [`case/${tenant}/${caseId}`, `clustering/${tenant}`], response: actions } };
};
