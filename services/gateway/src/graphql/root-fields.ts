import type { Visit } from './visit.js';

/** Resolvers of the fields of a root type, by the arguments that the schema gives them. */
export type RootFields<ByField> = {
  [Field in keyof ByField]: (parent: unknown, args: ByField[Field], visit: Visit) => unknown;
};

/** The same for Subscription. */
export type RootFeeds<ByField> = {
  [Field in keyof ByField]: {
    subscribe(parent: unknown, args: ByField[Field], visit: Visit): AsyncIterator<Record<string, unknown>>;
  };
};
