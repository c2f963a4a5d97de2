import type { AnalystMutationArgs, AnalystQueryArgs, AnalystSubscriptionArgs } from '../generated/analyst.js';
import type { MutationMakers } from '../graphql/mutation.js';
import type { RootFeeds, RootFields } from '../graphql/root-fields.js';

/** What one file of `schema/analyst/` needs to be answered. */
export interface AnalystSubject {
  queries?: Partial<RootFields<AnalystQueryArgs>>;
  mutations?: Partial<MutationMakers<AnalystMutationArgs>>;
  subscriptions?: Partial<RootFeeds<AnalystSubscriptionArgs>>;
  /** Fields of its types where a document does not say them as they are. */
  types?: Record<string, object>;
}
