import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startWorld, type World } from '#libs/testing';
import { idOf } from '#libs/model';
import type { Role } from '#contracts';
import { nodeId } from '../src/domain/node-id.js';
import { gateway } from '../src/gateway.module.js';
import { startDeciders, type Deciders } from './deciders.js';
import { freePort, openPortal, testIssuers, type Portal, type Who } from './portal.js';
import { factsOf, granting, idsOf, markOf, THEN } from './samples/index.js';
import { rootField, rootFields, selectionOf } from './selection.js';
import { analystSurface, customerSurface, type Attempt } from './surface.js';

type Endpoint = 'analyst' | 'customer';
const VICTIM = 'acme';
const OTHER = 'globex';
const SURFACES = { analyst: analystSurface, customer: customerSurface };
const OUTCOME = '{ ok code message requestId streamId id }';

const GRANTS: [string, Role, string[]][] = [
  [`greta-${VICTIM}`, 'LEAD', [VICTIM]],
  [`admin-${VICTIM}`, 'OPERATOR_ADMIN', [VICTIM]],
  [`carol-${VICTIM}`, 'CUSTOMER_ADMIN', [VICTIM]],
  [`greta-${OTHER}`, 'LEAD', [OTHER]],
  [`greta-${OTHER}`, 'HUNTER', [OTHER]],
  [`admin-${OTHER}`, 'OPERATOR_ADMIN', [OTHER]],
  [`carol-${OTHER}`, 'CUSTOMER_ADMIN', [OTHER]],
  // Grants that must not count: a customer of another tenant, and an analyst of a customer's name.
  ['both', 'CUSTOMER_ADMIN', [VICTIM]],
  ['borrowed', 'LEAD', [VICTIM]],
];

/** Those who may see nothing of the victim, by endpoint. */
const OUTSIDERS: Record<Endpoint, [string, Who | undefined][]> = {
  analyst: [
    ["another tenant's analyst", { side: 'PROVIDER', subject: `greta-${OTHER}` }],
    ["another tenant's admin", { side: 'PROVIDER', subject: `admin-${OTHER}` }],
    ['an operator without grants', { side: 'PROVIDER', subject: 'nobody' }],
    ["an operator with a customer's name", { side: 'PROVIDER', subject: 'both' }],
    ['a customer of the tenant itself', { side: 'CUSTOMER', subject: `carol-${VICTIM}`, tenant: VICTIM }],
    ['nobody at all', undefined],
  ],
  customer: [
    ["another tenant's admin", { side: 'CUSTOMER', subject: `carol-${OTHER}`, tenant: OTHER }],
    ["another tenant's user with a grant here", { side: 'CUSTOMER', subject: 'both', tenant: OTHER }],
    ['a user of the tenant without grants', { side: 'CUSTOMER', subject: 'nobody', tenant: VICTIM }],
    ["a user with an analyst's name", { side: 'CUSTOMER', subject: 'borrowed', tenant: VICTIM }],
    ['an analyst of the tenant', { side: 'PROVIDER', subject: `greta-${VICTIM}` }],
    ['nobody at all', undefined],
  ],
};

let world: World;
let portal: Portal;
let deciders: Deciders;
let port: number;
const schemas = {} as Record<Endpoint, GraphQLSchema>;
const tokens = new Map<string, string>();

const tokenOf = async (who: Who | undefined): Promise<string | undefined> => {
  if (!who) return undefined;
  const key = JSON.stringify(who);
  if (!tokens.has(key)) tokens.set(key, await portal.token(who));
  return tokens.get(key);
};
const insiderOf = (endpoint: Endpoint, path: string): Who => {
  if (endpoint === 'customer') return { side: 'CUSTOMER', subject: `carol-${VICTIM}`, tenant: VICTIM };
  if (/^Mutation\.(import|giveGrant|revokeGrant)/.test(path)) return { side: 'PROVIDER', subject: 'root' };
  const administers = /^Mutation\.(onboard|offboard|registerSource|setConnector)/.test(path);
  return { side: 'PROVIDER', subject: `${administers ? 'admin' : 'greta'}-${VICTIM}` };
};
const queryOf = (endpoint: Endpoint, path: string, { args, as }: Attempt): string => {
  const [root = '', name = ''] = path.split('.');
  const selection =
    root === 'Mutation' ? OUTCOME : selectionOf(schemas[endpoint], rootField(schemas[endpoint], path), as);
  return `${root.toLowerCase()} { ${name}${args ? `(${args})` : ''} ${selection} }`;
};
const cases = (kind: 'Query' | 'Mutation' | 'Subscription'): [string, Endpoint, string, Attempt][] =>
  (['analyst', 'customer'] as const).flatMap((endpoint) =>
    Object.entries(SURFACES[endpoint])
      .filter(([path]) => path.startsWith(kind))
      .flatMap(([path, attempts]) =>
        attempts(VICTIM).map((attempt, way): [string, Endpoint, string, Attempt] => [
          `${endpoint} ${path}, way ${way + 1}`,
          endpoint,
          path,
          attempt,
        ]),
      ),
  );

/** Nothing of the tenant: neither its texts nor the ids of its things. */
const expectNothing = (text: string): void => {
  expect(text).not.toContain(markOf(VICTIM));
  expect(text).not.toContain(`greta-${VICTIM}`);
  for (const id of Object.values(idsOf(VICTIM))) expect(text).not.toContain(id);
};

beforeAll(async () => {
  port = await freePort();
  const { privateKey, TOKEN_ISSUERS } = await testIssuers();
  world = await startWorld([gateway], {
    environment: {
      gateway: { HTTP_PORT: String(port), LISTEN_HOST: '127.0.0.1', TOKEN_ISSUERS, OPERATOR_ADMINS: 'root' },
    },
  });
  portal = openPortal(port, privateKey);
  deciders = await startDeciders(world);
  for (const tenant of [VICTIM, OTHER])
    for (const { fact, envelope } of factsOf(tenant)) await world.say(tenant, fact, envelope);
  for (const [index, [subject, role, tenants]] of GRANTS.entries()) {
    const { fact, envelope } = granting('grant.given', index + 1, subject, role, tenants);
    await world.say('_operator', fact, envelope);
  }
  const root = await tokenOf({ side: 'PROVIDER', subject: 'root' });
  await world.until('all facts to be shown', async () => {
    const { data } = await portal.ask(
      'analyst',
      root,
      '{ tenants { totalCount } cases { totalCount } findings { totalCount } actions { totalCount } reports { totalCount } hunts { edges { node { finished } } } backtests { edges { node { done: finished } } } exceptions { edges { node { suppressed } } } proposed: tenants { edges { node { policyProposals { looser } } } } grants { subject } }',
    );
    const shown = JSON.stringify(data);
    return (
      shown.match(/"totalCount":2/g)?.length === 5 &&
      shown.match(/"finished":true/g)?.length === 2 &&
      shown.match(/"done":true/g)?.length === 2 &&
      shown.match(/"suppressed":7/g)?.length === 2 &&
      shown.match(/"looser"/g)?.length === 2 &&
      shown.match(/"subject"/g)?.length === GRANTS.length
    );
  });
  for (const endpoint of ['analyst', 'customer'] as const) {
    const { data } = await portal.ask(
      endpoint,
      await tokenOf(insiderOf(endpoint, 'Query.me')),
      getIntrospectionQuery(),
    );
    schemas[endpoint] = buildClientSchema(data as unknown as IntrospectionQuery);
  }
});
afterAll(async () => {
  await deciders?.stop();
  await world?.stop();
});

it.each(['analyst', 'customer'] as const)('every root field of the %s schema stands in the table', (endpoint) =>
  expect(Object.keys(SURFACES[endpoint]).sort()).toEqual(rootFields(schemas[endpoint]).sort()),
);

describe.each(cases('Query'))('%s', (_name, endpoint, path, attempt) => {
  it('shows those who may see what there is', async () => {
    const { data, errors } = await portal.ask(
      endpoint,
      await tokenOf(insiderOf(endpoint, path)),
      queryOf(endpoint, path, attempt),
    );
    expect(errors).toBeUndefined();
    if (!attempt.general && !path.endsWith('.request')) expect(JSON.stringify(data)).toContain(markOf(VICTIM));
    expect(JSON.stringify(data)).not.toContain(markOf(OTHER));
  });
  it.each(OUTSIDERS[endpoint])('shows nothing to %s', async (_name, who) => {
    const { status, ...answer } = await portal.ask(endpoint, await tokenOf(who), queryOf(endpoint, path, attempt));
    expectNothing(JSON.stringify(answer));
    expect([200, 401]).toContain(status);
  });
});

describe.each(cases('Mutation'))('%s', (_name, endpoint, path, attempt) => {
  const name = path.split('.')[1] ?? '';
  const askedOf = (tenant: string): number =>
    deciders.asked.filter(({ envelope }) => envelope.tenant === tenant).length;
  it('is put to the service that decides, for those who may', async () => {
    const before = deciders.asked.length;
    const { data, errors } = await portal.ask(
      endpoint,
      await tokenOf(insiderOf(endpoint, path)),
      queryOf(endpoint, path, attempt),
    );
    expect(errors).toBeUndefined();
    expect(data?.[name]).toMatchObject({ ok: true, code: '' });
    await world.until('the request', () => deciders.asked.length === before + 1);
  });
  it.each(OUTSIDERS[endpoint])('asks nothing for %s', async (_name, who) => {
    const before = [askedOf(VICTIM), askedOf('_operator')];
    const { status, data, errors } = await portal.ask(endpoint, await tokenOf(who), queryOf(endpoint, path, attempt));
    const outcome = data?.[name] as { ok: boolean; code: string } | undefined;
    const ownOpening = attempt.general && who?.side === 'CUSTOMER' && who.subject === `carol-${OTHER}`;
    if (status === 200 && !ownOpening) expect(outcome).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    if (status !== 200) expect([status, errors?.[0]?.extensions?.code]).toEqual([401, 'UNAUTHENTICATED']);
    expectNothing(JSON.stringify(data ?? ''));
    expect([askedOf(VICTIM), askedOf('_operator')]).toEqual(before);
  });
});

describe('subscriptions', () => {
  const listen = (
    endpoint: Endpoint,
    token: string | undefined,
    query: string,
  ): { client: Client; got: string[]; over: () => boolean } => {
    const got: string[] = [];
    let over = false;
    const client = createClient({
      url: portal.socket(endpoint),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    });
    client.subscribe(
      { query },
      {
        next: (value) => void got.push(JSON.stringify(value)),
        error: () => {
          over = true;
        },
        complete: () => {
          over = true;
        },
      },
    );
    return { client, got, over: () => over };
  };

  it('tell those who may see, and nobody else', async () => {
    const all = await Promise.all(
      cases('Subscription')
        .flatMap(([, endpoint, path, attempt]) => [
          { mine: true, who: insiderOf(endpoint, path), endpoint, path, attempt },
          ...OUTSIDERS[endpoint].map(([, who]) => ({ mine: false, who, endpoint, path, attempt })),
        ])
        .map(async ({ mine, who, endpoint, path, attempt }) => ({
          mine,
          path,
          ...listen(endpoint, await tokenOf(who), queryOf(endpoint, path, attempt)),
        })),
    );
    let version = 10;
    const change = async (tenant: string): Promise<void> => {
      version += 1;
      const { case: caseId, action: actionId } = idsOf(tenant);
      const place = { sequence: { version, index: 0, count: 1 } };
      const by = { subject: 'ada', side: 'PROVIDER' } as const;
      await world.say(
        tenant,
        { type: 'case.note-added', caseId, noteId: idOf('n', version), text: markOf(tenant), by, at: THEN },
        { ...place, subject: `case/${tenant}/${caseId}` },
      );
      await world.say(
        tenant,
        { type: 'action.denied', actionId, caseId, comment: markOf(tenant), by, at: THEN },
        { ...place, subject: `action/${tenant}/${actionId}` },
      );
    };
    await world.until('every listener who may to hear of it', async () => {
      await change(VICTIM);
      return all.filter(({ mine }) => mine).every(({ got }) => got.length > 0);
    });
    await change(OTHER);
    const heard = (text: string): boolean => all.some(({ got }) => got.some((one) => one.includes(text)));
    await world.until('the other tenant to hear of its own', () => heard(markOf(OTHER)));
    for (const { mine, got } of all) {
      if (mine) expect(got.join('')).not.toContain(markOf(OTHER));
      else expectNothing(got.join(''));
    }
    await Promise.all(all.map(({ client }) => client.dispose()));
  });
});

it('no request of the tenant, nor of all tenants, was ever put for somebody else', async () => {
  const insiders = ['root', `greta-${VICTIM}`, `admin-${VICTIM}`, `carol-${VICTIM}`];
  const theirs = deciders.asked.filter(({ envelope }) => [VICTIM, '_operator'].includes(envelope.tenant));
  expect(theirs).toHaveLength(cases('Mutation').length);
  for (const asked of theirs) {
    const { actor } = await world.keys.verify({ ...asked, now: world.clock.now() });
    expect(insiders).toContain(actor.subject);
  }
});

describe('reports as PDF', () => {
  const path = `/reports/${nodeId('Report', VICTIM, idsOf(VICTIM).report)}.pdf`;
  it.each(['analyst', 'customer'] as const)('are there for those who may see: %s', async (endpoint) => {
    const response = await portal.get(path, await tokenOf(insiderOf(endpoint, 'Query.reports')));
    expect([response.status, await response.text()]).toEqual([200, `%PDF ${markOf(VICTIM)}`]);
  });
  it.each([
    ...OUTSIDERS.analyst.slice(0, 4),
    ...OUTSIDERS.customer.slice(0, 4),
    OUTSIDERS.analyst[5] as [string, undefined],
  ])('are not there for %s', async (_name, who) => {
    const response = await portal.get(path, await tokenOf(who));
    expect(response.status).toBe(who ? 404 : 401);
    expectNothing(await response.text());
  });
});
