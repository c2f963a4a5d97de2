import { NODE_TYPES } from '../domain/node-id.js';
import type { AnalystMutationArgs, AnalystQueryArgs, AnalystSubscriptionArgs } from '../generated/analyst.js';
import { mutations } from '../graphql/mutation.js';
import type { RootFeeds, RootFields } from '../graphql/root-fields.js';
import { answerOf } from '../shared/answers.js';
import { commonTypes, nodeAmong } from '../shared/nodes.js';
import { access } from './access.js';
import { response } from './actions.js';
import { backtesting } from './backtests.js';
import { casework } from './cases.js';
import { telling } from './deliveries.js';
import { findingLists } from './findings.js';
import { hunting } from './hunts.js';
import { postureItems } from './posture.js';
import { advice } from './recommendations.js';
import { reporting } from './reports.js';
import { ownRules } from './rules.js';
import { telemetry } from './telemetry.js';
import { tenantSettings } from './tenants.js';

const Query: RootFields<AnalystQueryArgs> = {
  node: (_parent, { id }, visit) => nodeAmong(NODE_TYPES, id, visit),
  request: (_parent, { id }, visit) => answerOf(visit, id),
  ...access.queries,
  ...response.queries,
  ...backtesting.queries,
  ...casework.queries,
  ...telling.queries,
  ...findingLists.queries,
  ...hunting.queries,
  ...postureItems.queries,
  ...reporting.queries,
  ...advice.queries,
  ...ownRules.queries,
  ...telemetry.queries,
  ...tenantSettings.queries,
};

const Mutation = mutations<AnalystMutationArgs>({
  ...access.mutations,
  ...response.mutations,
  ...backtesting.mutations,
  ...casework.mutations,
  ...telling.mutations,
  ...hunting.mutations,
  ...postureItems.mutations,
  ...reporting.mutations,
  ...advice.mutations,
  ...ownRules.mutations,
  ...telemetry.mutations,
  ...tenantSettings.mutations,
});

const Subscription: RootFeeds<AnalystSubscriptionArgs> = { ...casework.subscriptions, ...response.subscriptions };

/** The schema of the provider's staff, field by field where a document does not say it as it is. */
export const analystResolvers = {
  ...commonTypes,
  Query,
  Mutation,
  Subscription,
  ...response.types,
  ...backtesting.types,
  ...casework.types,
  ...telling.types,
  ...findingLists.types,
  ...hunting.types,
  ...postureItems.types,
  ...reporting.types,
  ...advice.types,
  ...ownRules.types,
  ...tenantSettings.types,
};
