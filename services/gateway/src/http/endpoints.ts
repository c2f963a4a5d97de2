import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { GqlModuleOptions } from '@nestjs/graphql';
import { GraphQLError, type GraphQLSchema, type ValidationContext, type ValidationRule } from 'graphql';
import { analystResolvers } from '../analyst/resolvers.js';
import { customerResolvers } from '../customer/resolvers.js';
import type { Caller } from '../domain/scope.js';
import { schemaTexts } from './schema-texts.js';

/** One of the two schemas, where it is served. */
export interface GraphqlEndpoint {
  name: 'analyst' | 'customer';
  path: string;
  side: Caller['side'];
  typeDefs: string[];
  resolvers: GqlModuleOptions['resolvers'];
  /** Of a request; imports may be larger where there are any. */
  bodyBytes: number;
  importBytes: number;
  /** Set once the server has made it. */
  schema?: GraphQLSchema;
}

const KIB = 1_024;
export const endpoints = (): GraphqlEndpoint[] => [
  {
    name: 'analyst',
    path: '/analyst/graphql',
    side: 'PROVIDER',
    typeDefs: schemaTexts('analyst'),
    resolvers: analystResolvers,
    bodyBytes: 1_024 * KIB,
    importBytes: 8 * 1_024 * KIB,
  },
  {
    name: 'customer',
    path: '/customer/graphql',
    side: 'CUSTOMER',
    typeDefs: schemaTexts('customer'),
    resolvers: customerResolvers,
    bodyBytes: 1_024 * KIB,
    importBytes: 1_024 * KIB,
  },
];

/** Levels of a query, and what it may cost (2 an object, 1 a value, 1.5 times as much a level). */
const DEPTH = 12;
const COST = 5_000;
/** Tokens of a query's text. */
export const TOKENS = 5_000;

const told = (limit: string) => ({
  // Thrown out of validation it would become HTTP 500; reported, it is a 400 with its reason.
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) =>
      context?.reportError(new GraphQLError(error.message, { extensions: { limit } })),
  ],
});

/** Limits on queries, for HTTP and WebSocket alike. */
export const limits: ValidationRule[] = [
  maxDepthRule({ n: DEPTH, ...told('TOO_DEEP') }),
  costLimitRule({ maxCost: COST, ...told('TOO_COSTLY') }),
];
