import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type AnyFactDraft, catalogue, type RequestAnswered } from '#contracts';
import { idOf } from '#libs/model';
import { startWorld, type World } from '#libs/testing';
import { nodeId } from '../src/domain/node-id.js';
import { gateway } from '../src/gateway.module.js';
import { startDeciders, type Asked, type Deciders } from './deciders.js';
import { freePort, openPortal, testIssuers, type Answer, type Portal } from './portal.js';
import { factsOf, granting, idsOf, markOf, numberedOf, openedOf, stateOf, THEN } from './samples/index.js';

const OUTCOME = '{ ok code message requestId streamId id }';
const TENANTS = ['acme', 'globex'];
let world: World;
let portal: Portal;
let deciders: Deciders;
let greta: string;
let carol: string;
let root: string;

interface Outcome {
  ok: boolean;
  code: string;
  message: string;
  requestId: string;
  streamId: string | null;
  id: string | null;
}
const claimOf = (asked?: Asked) => world.keys.verify({ ...(asked as Asked), now: world.clock.now() });
const analyst = (query: string, variables = {}, token = greta): Promise<Answer> =>
  portal.ask('analyst', token, query, variables);
const change = async (field: string, token = greta, endpoint: 'analyst' | 'customer' = 'analyst'): Promise<Outcome> => {
  const { data, errors } = await portal.ask(endpoint, token, `mutation { change: ${field} ${OUTCOME} }`);
  expect(errors).toBeUndefined();
  return data?.change as Outcome;
};
const codesOf = ({ errors = [] }: Answer): (string | undefined)[] => errors.map(({ extensions }) => extensions?.code);
const caseNode = nodeId('Case', 'acme', idsOf('acme').case);
const caseStream = `case/acme/${idsOf('acme').case}`;

beforeAll(async () => {
  const port = await freePort();
  const { privateKey, TOKEN_ISSUERS } = await testIssuers();
  world = await startWorld([gateway], {
    environment: {
      gateway: {
        HTTP_PORT: String(port),
        LISTEN_HOST: '127.0.0.1',
        TOKEN_ISSUERS,
        OPERATOR_ADMINS: 'root',
        ANSWER_WAIT_MS: '1500',
      },
    },
  });
  portal = openPortal(port, privateKey);
  deciders = await startDeciders(world);
  greta = await portal.token({ side: 'PROVIDER', subject: 'greta' });
  root = await portal.token({ side: 'PROVIDER', subject: 'root' });
  carol = await portal.token({ side: 'CUSTOMER', subject: 'carol', tenant: 'acme' });
  for (const tenant of TENANTS)
    for (const { fact, envelope } of factsOf(tenant)) await world.say(tenant, fact, envelope);
  const grants = [
    granting('grant.given', 1, 'greta', 'LEAD', ['acme']),
    granting('grant.given', 2, 'carol', 'CUSTOMER_APPROVER', ['acme']),
    granting('grant.given', 3, 'vera', 'CUSTOMER_VIEWER', ['acme']),
  ];
  for (const { fact, envelope } of grants) await world.say('_operator', fact, envelope);
  await world.until('the case to be shown', async () => {
    const { data } = await analyst(
      '{ me { grants { role } } case(id: "' +
        caseNode +
        '") { version } actions { totalCount } hunts { totalCount } intake(tenant: "acme") { source } }',
    );
    return JSON.stringify(data).includes('"version":4') && JSON.stringify(data).includes('only-acme');
  });
});
afterAll(async () => {
  await deciders?.stop();
  await world?.stop();
});
beforeEach(() => {
  deciders.answerWith(() => ({}));
  deciders.asked.length = 0;
});

describe('what is asked', () => {
  it('is signed for the person, and answered with what the service said', async () => {
    deciders.answerWith(() => ({ outcome: 'REFUSED', code: 'CASE_CLOSED', message: 'case is closed' }));
    expect(await change(`assignCase(id: "${caseNode}", analyst: "bob")`)).toMatchObject({
      ok: false,
      code: 'CASE_CLOSED',
      message: 'case is closed',
    });
    const [asked] = deciders.asked;
    expect(asked?.message).toEqual({ type: 'case.assign', caseId: idsOf('acme').case, analyst: 'bob' });
    expect(await claimOf(asked)).toMatchObject({
      type: 'case.assign',
      actor: { subject: 'greta', side: 'PROVIDER' },
      roles: ['LEAD'],
      tenant: 'acme',
      expiresAt: world.clock.now() + 30_000,
    });
  });

  it('is the same request when it is called again with its mutation id', async () => {
    const first = await change(`addNote(id: "${caseNode}", text: "x", mutationId: "m1")`);
    expect((await change(`addNote(id: "${caseNode}", text: "x", mutationId: "m1")`)).requestId).toBe(first.requestId);
    expect((await change(`addNote(id: "${caseNode}", text: "x", mutationId: "m2")`)).requestId).not.toBe(
      first.requestId,
    );
    expect((await change(`addNote(id: "${caseNode}", text: "x")`)).requestId).not.toBe(
      (await change(`addNote(id: "${caseNode}", text: "x")`)).requestId,
    );
  });

  it('is put once more as it was, whatever has changed since', async () => {
    const test = `backtestRules(tenantId: "acme", input: { ruleId: "r1", days: 7 }, mutationId: "b1")`;
    await change(test);
    world.clock.advance(1_000);
    await change(test);
    expect(deciders.asked).toHaveLength(2);
    expect(deciders.asked[1]?.message).toEqual(deciders.asked[0]?.message);
    expect((await claimOf(deciders.asked[1])).expiresAt).toBe(world.clock.now() + 30_000);
  });

  it('is not put when its mutation id was used for something else, and that is said', async () => {
    const note = (text: string): string => `addNote(id: "${caseNode}", text: "${text}", mutationId: "m3")`;
    await change(note('please wait'));
    expect(await change(note('go ahead'))).toMatchObject({ ok: false, code: 'MUTATION_ID_USED' });
    expect(deciders.asked).toHaveLength(1);
    expect(await change(`assignCase(id: "${caseNode}", analyst: "bob", mutationId: "m3")`)).toMatchObject({ ok: true });
  });

  it('stays pending without an answer in time, which can be asked for later', async () => {
    deciders.answerWith(() => undefined);
    const { ok, code, requestId } = await change(`addNote(id: "${caseNode}", text: "x")`);
    expect([ok, code]).toEqual([false, 'PENDING']);
    expect((await analyst(`{ request(id: "${requestId}") { outcome } }`)).data).toEqual({ request: null });
    await world.say(
      'acme',
      {
        type: 'request.answered',
        requestId,
        requestType: 'case.add-note',
        outcome: 'DONE',
        code: '',
        message: '',
        streamId: caseStream,
        version: 4,
      } as RequestAnswered,
      { subject: requestId, correlationId: requestId },
    );
    await world.until(
      'the answer',
      async () => (await analyst(`{ request(id: "${requestId}") { outcome version } }`)).data?.request,
    );
  });

  it('waits, when done, until the view has it', async () => {
    let version = 0;
    deciders.answerWith(() => {
      version = 5;
      // The fact comes after the answer here: only the wait makes the next query see it.
      setTimeout(
        () =>
          void world.say(
            'acme',
            {
              type: 'case.assigned',
              caseId: idsOf('acme').case,
              analyst: 'bob',
              by: { subject: 'greta', side: 'PROVIDER' },
              at: THEN,
            },
            { subject: caseStream, sequence: { version: 5, index: 0, count: 1 } },
          ),
        300,
      );
      return { streamId: caseStream, version };
    });
    expect(await change(`assignCase(id: "${caseNode}", analyst: "bob")`)).toMatchObject({
      ok: true,
      streamId: caseStream,
      id: caseNode,
    });
    expect((await analyst(`{ case(id: "${caseNode}") { assignee version } }`)).data).toEqual({
      case: { assignee: 'bob', version: 5 },
    });
  });

  it('says which case was opened, once it is there', async () => {
    const opened = idOf('opened');
    deciders.answerWith(({ envelope: { id } }) => {
      const { fact, envelope } = numberedOf('acme', id, opened);
      void world.say('acme', fact, envelope).then(() =>
        world.say(
          'acme',
          { ...openedOf('acme', opened, 1002), at: THEN + 60_000 },
          {
            subject: `case/acme/${opened}`,
            sequence: { version: 1, index: 0, count: 1 },
          },
        ),
      );
      return { streamId: 'clustering/acme', version: 2 };
    });
    const { ok, id } = await change('openCase(title: "Look", description: "a call")', carol, 'customer');
    expect([ok, id]).toEqual([true, nodeId('Case', 'acme', opened)]);
    expect((await portal.ask('customer', carol, `{ case(id: "${id}") { number } }`)).data).toEqual({
      case: { number: 'ACME-1002' },
    });
    expect(await claimOf(deciders.asked[0])).toMatchObject({
      actor: { subject: 'carol', side: 'CUSTOMER' },
      roles: ['CUSTOMER_APPROVER'],
    });
  });

  it('onboards a tenant nobody knows yet', async () => {
    deciders.answerWith(() => {
      void world.say('initech', stateOf('initech'), {
        subject: 'tenant/initech',
        sequence: { version: 1, index: 0, count: 1 },
      });
      return { streamId: 'tenant/initech', version: 1 };
    });
    expect(
      await change(
        'onboardTenant(tenantId: "initech", input: { name: "I", prefix: "INI", language: JA, timeZone: "Asia/Tokyo" })',
        root,
      ),
    ).toMatchObject({ ok: true });
    expect((await analyst('{ tenant(id: "initech") { tenantId contacts { name } } }', {}, root)).data).toMatchObject({
      tenant: { tenantId: 'initech' },
    });
  });

  it('proposes an action with what the policy has to know, and without groups: they are looked up where it is decided', async () => {
    await change(
      `proposeAction(caseId: "${caseNode}", actionClass: "isolate-host", targetKind: HOST, targetId: "WS6", reason: "beacon")`,
    );
    expect(deciders.asked[0]?.message).toMatchObject({
      type: 'action.propose',
      caseId: idsOf('acme').case,
      target: { kind: 'HOST', id: 'WS6', entity: 'host:ws6' },
      severity: 'HIGH',
      assetGroups: [],
      detectedAt: THEN + 2,
    });
  });

  it('says of what lets more happen that it waits for a second word, and shows it to the customer', async () => {
    deciders.answerWith(({ envelope: { id } }) => {
      const place = (index: number) => ({ subject: 'tenant/acme', sequence: { version: 9, index, count: 2 } });
      const proposed: AnyFactDraft = {
        type: 'tenant.policy-proposed',
        proposalId: id,
        assets: [],
        identities: [],
        looser: ['much more'],
        tighter: [],
        policyVersion: 1,
        expiresAt: Date.UTC(2099, 0, 1),
        by: { subject: 'greta', side: 'PROVIDER' },
        at: world.clock.now(),
      };
      void world
        .say('acme', proposed, place(0))
        .then(() => world.say('acme', { ...stateOf('acme'), version: 9 }, place(1)));
      return { streamId: 'tenant/acme', version: 9 };
    });
    const { requestId, ...outcome } = await change('setPolicy(tenantId: "acme", policy: { mode: AUTHORIZE })');
    expect(outcome).toMatchObject({
      ok: true,
      code: 'PROPOSED',
      message: expect.stringContaining('waits for the word of another of the provider'),
    });
    expect(deciders.asked[0]?.message).toMatchObject({
      type: 'tenant.set-policy',
      policy: { version: 0, mode: 'AUTHORIZE', approvalMinutes: 60 },
    });
    const { data } = await portal.ask(
      'customer',
      carol,
      '{ tenant { policyProposals { id looser proposedBy { subject } } policyChanges { outcome version by { subject } } } }',
    );
    expect(data?.tenant).toEqual({
      policyProposals: [
        { id: requestId, looser: ['much more'], proposedBy: { subject: 'greta' } },
        expect.objectContaining({ id: idsOf('acme').proposal }),
      ],
      policyChanges: [{ outcome: 'IN_FORCE', version: 1, by: { subject: 'ada' } }],
    });
    expect(await change(`confirmPolicy(proposalId: "${requestId}")`, carol, 'customer')).toMatchObject({
      ok: false,
      code: 'FORBIDDEN',
    });
  });

  it('needs the role: who may only look changes nothing', async () => {
    const vera = await portal.token({ side: 'CUSTOMER', subject: 'vera', tenant: 'acme' });
    expect((await portal.ask('customer', vera, '{ cases { totalCount } }')).data).toEqual({ cases: { totalCount: 2 } });
    expect(
      await change(`approveAction(id: "${nodeId('Action', 'acme', idsOf('acme').action)}")`, vera, 'customer'),
    ).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    expect(deciders.asked).toEqual([]);
  });
});

describe('what is read', () => {
  it('comes in pages that follow one another', async () => {
    const page = async (after: string | null) => {
      const { data } = await analyst(
        'query($after: String) { cases(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { number } } } }',
        { after },
      );
      return data?.cases as {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        edges: { cursor: string; node: { number: string } }[];
      };
    };
    const first = await page(null);
    expect(first).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      edges: [{ node: { number: 'ACME-1002' } }],
    });
    for (const cursor of [first.pageInfo.endCursor, first.edges[0]?.cursor ?? '']) {
      expect(await page(cursor)).toMatchObject({
        pageInfo: { hasNextPage: false },
        edges: [{ node: { number: 'ACME-1001' } }],
      });
    }
    expect(await page((await page(first.pageInfo.endCursor)).pageInfo.endCursor)).toMatchObject({
      edges: [],
      pageInfo: { hasNextPage: false },
    });
  });

  it("hides what is the provider's own from the customer", async () => {
    const { data } = await portal.ask(
      'customer',
      carol,
      `{ case(id: "${caseNode}") { timeline { kind } } waitingOnYou { kind caseNumber text } }`,
    );
    expect(JSON.stringify(data)).not.toMatch(/note-added|assigned/);
    expect(data?.waitingOnYou).toMatchObject([
      { kind: 'QUESTION', caseNumber: 'ACME-1001' },
      { kind: 'RECOMMENDATION' },
      { kind: 'APPROVAL', text: markOf('acme') },
    ]);
  });

  it('is the same when everything is delivered once more', async () => {
    const query =
      '{ cases { edges { node { number version timeline { text } notes { text } } } } findings { edges { node { count caseId } } } actions { edges { node { history { state } } } } intake(tenant: "acme") { accepted dead messages bytes } hunts { edges { node { rowCount } } } grants { subject } }';
    const before = (await analyst(query)).data;
    expect(before?.intake).toEqual([{ accepted: 20, dead: 1, messages: 10, bytes: 1_000 }]);
    await world.rewind('gateway', 'views');
    const { fact, envelope } = granting('grant.given', 4, 'last', 'LEAD', ['acme']);
    await world.say('_operator', fact, envelope);
    await world.until('the last fact', async () =>
      JSON.stringify((await analyst('{ grants { subject } }', {}, root)).data).includes('last'),
    );
    expect((await analyst(query)).data).toEqual(before);
    expect(world.deadLetters('gateway')).toEqual([]);
  });
});

describe('what is not good', () => {
  afterEach(async () => expect((await analyst('{ me { subject } }')).data).toEqual({ me: { subject: 'greta' } }));

  it.each([
    ['a token that has ended', { expiresIn: '-1h' }],
    ['a token for somebody else', { audience: 'other' }],
  ])('%s is refused', async (_name, claims) => {
    const { status, ...answer } = await analyst(
      '{ me { subject } }',
      {},
      await portal.token({ side: 'PROVIDER', subject: 'greta' }, claims),
    );
    expect([status, codesOf({ status, ...answer })]).toEqual([401, ['UNAUTHENTICATED']]);
  });
  it('too deep a query is refused by its depth', async () => {
    const answer = await analyst(`{ ${'... { '.repeat(15)} me { subject } ${'} '.repeat(15)} }`);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['TOO_DEEP']]);
  });
  it('too costly a query is refused by its cost', async () => {
    const answer = await analyst(
      `{ ${Array.from({ length: 400 }, (_, index) => `a${index}: cases { edges { node { id } } }`).join(' ')} }`,
    );
    expect([answer.status, codesOf(answer)]).toEqual([400, ['TOO_COSTLY']]);
  });
  it('a query that is none is refused', async () => {
    expect((await analyst('{ nope }')).status).toBe(400);
    expect((await analyst('{ me ')).status).toBe(400);
    expect(codesOf(await analyst('{ cases(first: 500) { totalCount } }'))).toEqual(['BAD_LIMIT']);
    expect(codesOf(await analyst('{ cases(after: "x") { totalCount } }'))).toEqual(['BAD_CURSOR']);
    expect(await change('acknowledgeCase(id: "x")')).toMatchObject({ code: 'NO_SUCH_ID' });
  });
  it('too large a request is refused, but rules may come in larger parts', async () => {
    const text = 'x'.repeat(1_200_000);
    expect(await analyst('query($text: ID!) { case(id: $text) { id } }', { text })).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: 'TOO_LARGE' } }],
    });
    const files = [{ path: 'a.yml', text }];
    const { data } = await analyst(
      `mutation($files: [RuleFileInput!]!) { importRules(importId: "i", part: 1, parts: 1, files: $files) ${OUTCOME} }`,
      { files },
      root,
    );
    expect(data?.importRules).toMatchObject({ ok: true });
    expect(await analyst('{ me { subject } }', { text: 'x'.repeat(9_000_000) }, root)).toMatchObject({ status: 413 });
  });
});

describe('subscriptions', () => {
  it('end within five seconds when the grant is taken back', async () => {
    let over = 0;
    const client = createClient({
      url: portal.socket('analyst'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${await portal.token({ side: 'PROVIDER', subject: 'last' })}` },
    });
    const got: unknown[] = [];
    client.subscribe(
      { query: 'subscription { caseChanged { number } }' },
      {
        next: (value) => void got.push(value),
        error: () => {
          over = Date.now();
        },
        complete: () => {
          over = Date.now();
        },
      },
    );
    let version = 5;
    const note = () => {
      version += 1;
      return world.say(
        'acme',
        {
          type: 'case.note-added',
          caseId: idsOf('acme').case,
          noteId: idOf('n', version),
          text: 'x',
          by: { subject: 'greta', side: 'PROVIDER' },
          at: THEN,
        },
        { subject: caseStream, sequence: { version, index: 0, count: 1 } },
      );
    };
    await world.until('a change', async () => {
      await note();
      return got.length > 0;
    });
    const { fact, envelope } = granting('grant.revoked', 5, 'last', 'LEAD', ['acme']);
    const revokedAt = Date.now();
    await world.say('_operator', fact, envelope);
    await world.until('the end', () => over > 0);
    expect(over - revokedAt).toBeLessThan(5_000);
    await client.dispose();
  });
  it('are fifty at once on one socket', async () => {
    const client = createClient({
      url: portal.socket('analyst'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${await portal.token({ side: 'PROVIDER', subject: 'greta' })}` },
    });
    const refused = await new Promise<unknown>((resolve) => {
      for (let one = 0; one <= 50; one += 1)
        client.subscribe(
          { query: 'subscription { caseChanged { number } }' },
          { next: () => undefined, error: resolve, complete: () => undefined },
        );
    });
    expect(refused).toMatchObject([
      { message: 'at most 50 operations at once on one socket', extensions: { code: 'TOO_MANY_REQUESTS' } },
    ]);
    await client.dispose();
  });
  it('are not for who has no token', async () => {
    const client = createClient({ url: portal.socket('analyst'), webSocketImpl: WebSocket, retryAttempts: 0 });
    const error = await new Promise<{ code?: number }>((resolve) =>
      client.subscribe(
        { query: 'subscription { caseChanged { number } }' },
        { next: () => undefined, error: (event) => resolve(event as { code?: number }), complete: () => resolve({}) },
      ),
    );
    expect(error.code).toBe(4403);
  });
});

describe('beside GraphQL', () => {
  it('serves schemas as a registry does', async () => {
    const [contract] = catalogue;
    const good = await portal.get(`/schemas/ids/${contract?.id}`);
    expect([good.status, await good.json()]).toEqual([200, { schemaType: 'AVRO', schema: contract?.schema }]);
    const bad = await portal.get('/schemas/ids/1');
    expect([bad.status, await bad.json()]).toEqual([404, { error_code: 40_403, message: 'Schema 1 not found' }]);
  });
  it('says where things are', async () =>
    expect(await (await portal.get('/')).json()).toMatchObject({
      analyst: '/analyst/graphql',
      customer: '/customer/graphql',
    }));
  it('answers introspection, to those with a token', async () => {
    expect((await analyst(getIntrospectionQuery())).data).toHaveProperty('__schema');
    expect((await portal.ask('analyst', undefined, getIntrospectionQuery())).status).toBe(401);
  });
});
