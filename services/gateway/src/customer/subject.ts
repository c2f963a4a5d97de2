import type { CustomerMutationArgs, CustomerQueryArgs, CustomerSubscriptionArgs } from '../generated/customer.js';
import type { MutationMakers } from '../graphql/mutation.js';
import type { RootFeeds, RootFields } from '../graphql/root-fields.js';

/** What one file of `schema/customer/` needs to be answered. */
export interface CustomerSubject {
  queries?: Partial<RootFields<CustomerQueryArgs>>;
  mutations?: Partial<MutationMakers<CustomerMutationArgs>>;
  subscriptions?: Partial<RootFeeds<CustomerSubscriptionArgs>>;
  /** Fields of its types where a document does not say them as they are. */
  types?: Record<string, object>;
}
