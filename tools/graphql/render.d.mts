import type { GraphQLSchema } from 'graphql';

export function moduleOf(what: {
  schema: GraphQLSchema;
  what: string;
  names: Set<string>;
  known: Map<string, string>;
  prefix: string | undefined;
}): string;
export function enumProblems(schema: GraphQLSchema, contracts: Map<string, string[]>): string[];
