import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { openVisit } from '../graphql/visit.js';
import type { GatewayPorts } from './ports.js';
import { limits, TOKENS, type GraphqlEndpoint } from './endpoints.js';
import { tellError } from './errors.js';
import type { Guarded } from './guard.js';
import { PlainController, PORTS, VERIFY } from './plain.controller.js';
import type { CallerVerifier } from './tokens.js';

const graphql = (endpoint: GraphqlEndpoint, ports: GatewayPorts): DynamicModule =>
  GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    path: endpoint.path,
    typeDefs: endpoint.typeDefs,
    resolvers: endpoint.resolvers,
    include: [],
    transformSchema: (schema) => (endpoint.schema = schema),
    context: ({ req }: { req: Guarded }) => {
      if (!req.caller) throw new Error('the guard let somebody without a token pass');
      return openVisit(ports, req.caller, ports.context.config.OPERATION_WITHIN_MS);
    },
    validationRules: limits,
    parseOptions: { maxTokens: TOKENS },
    persistedQueries: false,
    formatError: tellError(ports.context.log),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    graphiql: false,
    autoTransformHttpErrors: false,
  });

/** The gateway's own web server. */
@Module({})
export class HttpModule {
  static of(ports: GatewayPorts, endpoints: GraphqlEndpoint[], verify: CallerVerifier): DynamicModule {
    return {
      module: HttpModule,
      imports: endpoints.map((endpoint) => graphql(endpoint, ports)),
      controllers: [PlainController],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: VERIFY, useValue: verify },
      ],
    };
  }
}
