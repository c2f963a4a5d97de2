import type { Store } from '#libs/store';
import { streamsOfCase } from './streams-of-case.js';
import type { WithStore } from './stores.js';

const facts: Record<string, object[]> = {
  tenants: [{ type: 'tenant.onboarded', prefix: 'ACME' }],
  cases: [{ type: 'case.opened', caseId: 'c1', number: 1001 }],
  response: [{ type: 'action.proposed', actionId: 'a1', caseId: 'c1' }],
};
const storeOf = (service: string) => ({
  chain: { tenants: () => ['Acme', 'acme-', 'acme'] },
  facts: (tenant: string) => {
    if (tenant !== 'acme') throw new Error(`not a tenant: ${tenant}`);
    return { all: () => (facts[service] ?? []).map((message) => ({ message })) };
  },
});
const stores: WithStore = (service, use) => use(storeOf(service) as unknown as Store);

it('finds a case beside commits that are kept under what is no tenant’s name', async () =>
  expect(await streamsOfCase(stores, 'acme-1001')).toEqual({
    tenant: 'acme',
    streams: { cases: ['case/acme/c1', 'clustering/acme'], response: ['action/acme/a1'] },
  }));
