import { OPERATOR } from '#libs/terms';
import { NOWHERE, shownBy } from '../asking/shown-in.js';
import { tenantKey } from '../domain/node-id.js';
import { ALL } from '../domain/scope.js';
import type { Visit } from '../graphql/visit.js';
import { receiptsOf } from '../shared/receipts.js';
import { indicatorFeeds } from '../views/indicator-feeds.js';
import { intake } from '../views/intake.js';
import { pulls } from '../views/pulls.js';
import { knownTenant } from './known-tenant.js';
import type { AnalystSubject } from './subject.js';
import { agreed } from './tenants.js';

const intakeOf = async ({ gate }: Visit, tenant: string) => {
  const { items } = await gate.read(intake, [tenantKey(tenant)]).find({ limit: 500 });
  const sources = [...new Set(items.map(({ doc }) => doc.source))].sort();
  return sources.map((source) => {
    const docs = items.map(({ doc }) => doc).filter((doc) => doc.source === source);
    const sum = (field: 'accepted' | 'dead' | 'messages' | 'bytes' | 'unrecognised'): number =>
      docs.reduce((total, doc) => total + (doc[field] ?? 0), 0);
    const last = Math.max(...docs.map(({ lastOccurredAt }) => lastOccurredAt ?? 0));
    return {
      source,
      accepted: sum('accepted'),
      unrecognised: sum('unrecognised'),
      dead: sum('dead'),
      messages: sum('messages'),
      bytes: sum('bytes'),
      lastOccurredAt: last || null,
    };
  });
};

/** Of the operator, for operator-admins: 500 feeds at most. */
const feedsOf = async ({ gate }: Visit) => {
  const { items } = await gate.readOperator(indicatorFeeds).find({ sort: { feed: 1 }, limit: 500 });
  return items.map(({ doc }) => doc);
};

const pullsOf = async ({ gate }: Visit, tenant: string) => {
  const { items } = await gate.read(pulls, [tenantKey(tenant)]).find({ limit: 500 });
  return items
    .map(({ doc: { settings, ...doc } }) => ({ ...doc, ...settings }))
    .sort((one, other) => (one.source < other.source ? -1 : 1));
};

/** Where telemetry comes from, and what it is enriched with. */
export const telemetry = {
  queries: {
    intake: (_parent, { tenant }, visit) => intakeOf(visit, tenant),
    receipts: (_parent, { tenant, hours }, visit) => receiptsOf(visit, tenantKey(tenant), hours),
    indicatorFeeds: (_parent, _args, visit) => feedsOf(visit),
    pulls: (_parent, { tenant }, visit) => pullsOf(visit, tenant),
  },
  mutations: {
    registerSource: agreed(({ source }) => ({ type: 'tenant.register-source', source })),
    removeSource: agreed(({ source }) => ({ type: 'tenant.remove-source', source })),
    configurePull: ({ tenantId, pull: { source, since = null, ...settings } }, visit) => ({
      ...knownTenant(tenantId, visit),
      request: { type: 'pull.configure', source, settings, since },
      shownIn: shownBy(pulls, source),
    }),
    removePull: ({ tenantId, source }, visit) => ({
      ...knownTenant(tenantId, visit),
      request: { type: 'pull.remove', source },
      shownIn: shownBy(pulls, source),
    }),
    importIndicators: ({ feed, bundle }) => ({
      tenant: OPERATOR,
      at: [ALL],
      request: { type: 'indicator.import', feed, bundle: Buffer.from(bundle, 'utf8') },
      shownIn: NOWHERE,
    }),
  },
} satisfies AnalystSubject;
