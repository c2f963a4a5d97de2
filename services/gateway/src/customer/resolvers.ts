import { ASKED_BY_CUSTOMERS } from '#libs/terms';
import { rolesAt } from '../domain/scope.js';
import type { CustomerMutationArgs, CustomerQueryArgs, CustomerSubscriptionArgs } from '../generated/customer.js';
import { mutations } from '../graphql/mutation.js';
import type { RootFeeds, RootFields } from '../graphql/root-fields.js';
import { answerOf } from '../shared/answers.js';
import { commonTypes, nodeAmong } from '../shared/nodes.js';
import { reportFields, reportsOf } from '../shared/reports.js';
import { exceptionFields, exceptionsOf } from '../shared/rules.js';
import { response } from './actions.js';
import { casework } from './cases.js';
import { telling } from './deliveries.js';
import { postureItems } from './posture.js';
import { advice } from './recommendations.js';
import { ownTenant, tenantSettings } from './tenants.js';

const Query: RootFields<CustomerQueryArgs> = {
  me: (_parent, _args, visit) => ({
    subject: visit.gate.scope.caller.subject,
    roles: rolesAt(visit.gate.scope, ownTenant(visit)),
  }),
  node: (_parent, { id }, visit) =>
    nodeAmong(['Action', 'Case', 'Exception', 'Posture', 'Recommendation', 'Report'], id, visit),
  request: (_parent, { id }, visit) =>
    answerOf(visit, id, ({ requestType }) => ASKED_BY_CUSTOMERS.includes(requestType)),
  reports: (_parent, args, visit) => reportsOf(visit, args),
  exceptions: (_parent, args, visit) => exceptionsOf(visit, args),
  ...casework.queries,
  ...postureItems.queries,
  ...advice.queries,
  ...response.queries,
  ...tenantSettings.queries,
};

const Mutation = mutations<CustomerMutationArgs>({
  ...casework.mutations,
  ...telling.mutations,
  ...postureItems.mutations,
  ...advice.mutations,
  ...response.mutations,
  ...tenantSettings.mutations,
});

const Subscription: RootFeeds<CustomerSubscriptionArgs> = { ...casework.subscriptions, ...response.subscriptions };

/** The schema of a customer's people. */
export const customerResolvers = {
  ...commonTypes,
  Query,
  Mutation,
  Subscription,
  ...casework.types,
  ...telling.types,
  ...postureItems.types,
  ...advice.types,
  ...response.types,
  ...tenantSettings.types,
  Exception: exceptionFields,
  Report: reportFields,
};
