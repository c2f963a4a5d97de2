import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { OPERATOR } from '#libs/terms';
import { OUTCOME, startGateway, type RunningGateway } from '../gateway-world.js';
import type { PortalName, PortalUser } from '../portal.js';
import { factsOf, granting } from '../samples/index.js';
import { rootField, selectionOf } from '../selection.js';
import { analystSurface, customerSurface, type FieldAttempt } from '../surface.js';
import { GRANTS, insiderOf, OTHER, VICTIM } from './people.js';

export const SIDES = ['analyst', 'customer'] as const satisfies PortalName[];
export const SURFACES = { analyst: analystSurface, customer: customerSurface };

/** A gateway with the things of two tenants, and all who look for those of one. */
export interface IsolationWorld extends RunningGateway {
  /** The schemas as they are served. */
  schemas: Record<PortalName, GraphQLSchema>;
  tokenOf(who: PortalUser | undefined): Promise<string | undefined>;
  /** A document that asks for a root field with all that lies below it. */
  queryOf(side: PortalName, path: string, attempt: FieldAttempt): string;
}

/** Each way to ask each root field: a name, its side, its path, the way. */
export const attemptsAt = (
  kind: 'Query' | 'Mutation' | 'Subscription',
): [name: string, side: PortalName, path: string, attempt: FieldAttempt][] =>
  SIDES.flatMap((side) =>
    Object.entries(SURFACES[side])
      .filter(([path]) => path.startsWith(kind))
      .flatMap(([path, attempts]) =>
        attempts(VICTIM).map((attempt, way): [string, PortalName, string, FieldAttempt] => [
          `${side} ${path}, way ${way + 1}`,
          side,
          path,
          attempt,
        ]),
      ),
  );

const documentOf = (schema: GraphQLSchema, path: string, { args, as }: FieldAttempt): string => {
  const [root = '', name = ''] = path.split('.');
  const selection = root === 'Mutation' ? OUTCOME : selectionOf(schema, rootField(schema, path), as);
  return `${root.toLowerCase()} { ${name}${args ? `(${args})` : ''} ${selection} }`;
};

const everythingIsShown = async ({ world, portal }: RunningGateway): Promise<void> => {
  const root = await portal.token({ side: 'PROVIDER', subject: 'root' });
  await world.until('all facts to be shown', async () => {
    const { data } = await portal.ask(
      'analyst',
      root,
      '{ tenants { totalCount } cases { totalCount } findings { totalCount } actions { totalCount } reports { totalCount } hunts { edges { node { finished } } } posture { edges { node { evidence { isPresent } } } } backtests { edges { node { done: finished } } } exceptions { edges { node { suppressed } } } told: openCalls { call { phone } } proposed: tenants { edges { node { policyProposals { looser } } } } grants { subject } }',
    );
    const shown = JSON.stringify(data);
    return (
      shown.match(/"totalCount":2/g)?.length === 5 &&
      shown.match(/"finished":true/g)?.length === 2 &&
      shown.match(/"done":true/g)?.length === 2 &&
      shown.match(/"isPresent":true/g)?.length === 2 &&
      shown.match(/"phone"/g)?.length === 2 &&
      shown.match(/"suppressed":7/g)?.length === 2 &&
      shown.match(/"looser"/g)?.length === 2 &&
      shown.match(/"subject"/g)?.length === GRANTS.length
    );
  });
};

export const startIsolationWorld = async (): Promise<IsolationWorld> => {
  const running = await startGateway();
  const { portal } = running;
  const tokens = new Map<string, string>();
  const tokenOf: IsolationWorld['tokenOf'] = async (who) => {
    if (!who) return undefined;
    const key = JSON.stringify(who);
    if (!tokens.has(key)) tokens.set(key, await portal.token(who));
    return tokens.get(key);
  };
  for (const tenant of [VICTIM, OTHER]) await running.say(tenant, factsOf(tenant));
  const given = GRANTS.map(([subject, role, tenants], index) =>
    granting('grant.given', index + 1, subject, role, tenants),
  );
  await running.say(OPERATOR, given);
  await everythingIsShown(running);
  const schemaOf = async (side: PortalName): Promise<GraphQLSchema> => {
    const token = await tokenOf(insiderOf(side, 'Query.me'));
    const { data } = await portal.ask(side, token, getIntrospectionQuery());
    return buildClientSchema(data as unknown as IntrospectionQuery);
  };
  const schemas = { analyst: await schemaOf('analyst'), customer: await schemaOf('customer') };
  return { ...running, schemas, tokenOf, queryOf: (side, path, attempt) => documentOf(schemas[side], path, attempt) };
};
