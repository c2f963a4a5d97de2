import { getIntrospectionQuery } from 'graphql';
import { catalogue, type IndicatorImported, type PostureOpened } from '#contracts';
import { idOf } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { caseNode, OUTCOME, startPeopledGateway, type PeopledGateway } from './gateway-world.js';
import type { GraphqlAnswer } from './portal.js';
import { granting, markOf, openedOf, THEN } from './samples/index.js';

const codesOf = ({ errors = [] }: GraphqlAnswer): (string | undefined)[] =>
  errors.map(({ extensions }) => extensions?.code);

let running: PeopledGateway;
let world: PeopledGateway['world'];
let portal: PeopledGateway['portal'];
let carol: PeopledGateway['carol'];
let root: PeopledGateway['root'];
let analyst: PeopledGateway['analyst'];
let change: PeopledGateway['change'];

beforeAll(async () => {
  running = await startPeopledGateway();
  ({ world, portal, carol, root, analyst, change } = running);
  const second = idOf('second');
  await running.say('acme', [
    {
      fact: { ...openedOf('acme', second, 1002), at: THEN + 60_000 },
      envelope: { subject: `case/acme/${second}`, sequence: { version: 1, index: 0, count: 1 } },
    },
  ]);
  await world.until(
    'the second case to be shown',
    async () => JSON.stringify((await analyst('{ cases { totalCount } }')).data) === '{"cases":{"totalCount":2}}',
  );
});
afterAll(() => running?.stop());

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
      `{ case(id: "${caseNode}") { timeline { kind } } waitingOnYou { totalCount edges { node { kind caseNumber text } } } }`,
    );
    expect(JSON.stringify(data)).not.toMatch(/note-added|assigned/);
    expect(data?.waitingOnYou).toMatchObject({
      totalCount: 4,
      edges: [
        { node: { kind: 'QUESTION', caseNumber: 'ACME-1001' } },
        { node: { kind: 'APPROVAL', text: markOf('acme') } },
        { node: { kind: 'RECOMMENDATION', caseNumber: 'ACME-1001' } },
        { node: { kind: 'RECOMMENDATION', caseNumber: 'ACME-1001', text: markOf('acme') } },
      ],
    });
  });

  it('is what became of what sources sent, of the customer to itself too', async () => {
    const fields =
      '{ source kind accepted unrecognised dead flagged { flag count } losses { code count examples { partition offset index } } lastOccurredAt hours { accepted losses { code } } }';
    const shown = [
      { source: 'edr', kind: 'WINDOWS', accepted: 0, flagged: [], losses: [], lastOccurredAt: null, hours: [] },
      {
        ...{ source: markOf('acme'), kind: null, accepted: 20, unrecognised: 3, dead: 1 },
        flagged: [{ flag: 'nothing-known', count: 3 }],
        losses: [{ code: 'NOT_JSON', count: 1, examples: [{ partition: 0, offset: 4, index: 2 }] }],
        lastOccurredAt: new Date(THEN).toISOString(),
        hours: [{ accepted: 20, losses: [{ code: 'NOT_JSON' }] }],
      },
    ];
    expect((await analyst(`{ receipts(tenant: "acme") ${fields} }`)).data?.receipts).toMatchObject(shown);
    expect((await portal.ask('customer', carol, `{ receipts ${fields} }`)).data?.receipts).toMatchObject(shown);
    expect((await analyst(`{ receipts(tenant: "globex") ${fields} }`)).data?.receipts).toEqual([]);
    expect(codesOf(await analyst(`{ receipts(tenant: "acme", hours: 169) ${fields} }`))).toEqual(['BAD_LIMIT']);
  });

  it('is the same when everything is delivered once more', async () => {
    const query =
      '{ cases { edges { node { number version timeline { text } notes { text } } } } findings { edges { node { count caseId } } } actions { edges { node { history { state } } } } intake(tenant: "acme") { accepted unrecognised dead messages bytes } receipts(tenant: "acme") { source accepted hours { accepted } } hunts { edges { node { rowCount } } } grants { subject } }';
    const before = (await analyst(query)).data;
    expect(before?.intake).toEqual([{ accepted: 20, unrecognised: 3, dead: 1, messages: 10, bytes: 1_000 }]);
    await world.rewind('gateway', 'views');
    const { fact, envelope } = granting('grant.given', 4, 'last', 'LEAD', ['acme']);
    await world.say(OPERATOR, fact, envelope);
    await world.until('the last fact', async () =>
      JSON.stringify((await analyst('{ grants { subject } }', {}, root)).data).includes('last'),
    );
    expect((await analyst(query)).data).toEqual(before);
    expect(world.deadLetters('gateway')).toEqual([]);
  });
});

it('what the installation lacks is read by operator-admins, and by nobody of a tenant', async () => {
  const query =
    '{ installationPosture { edges { node { check subject state } } } posture { edges { node { check } } } }';
  const postureId = idOf('posture', OPERATOR);
  const seen = { postureId, gapId: 'g', isPresent: true, since: THEN, figures: [], at: THEN };
  const opened: PostureOpened = {
    ...{ type: 'posture.opened', postureId, check: 'NO_SENDER', subject: 'mail', title: 'No mail', severity: 'HIGH' },
    ...{ recommendation: '', owner: '', dueAt: null, by: { subject: 'cases', side: 'SYSTEM' }, at: THEN },
  };
  const facts = [opened, { type: 'posture.observed' as const, ...seen }];
  await running.say(
    OPERATOR,
    facts.map((fact, index) => ({
      fact,
      envelope: {
        subject: `posture/${OPERATOR}/${postureId}`,
        sequence: { version: 1, index, count: facts.length },
      },
    })),
  );
  const shown = [{ node: { check: 'NO_SENDER', subject: 'mail', state: 'OPEN' } }];
  const { posture: ofTenants } = await world.until('the item', async () => {
    const { data } = (await analyst(query, {}, root)) as { data?: Record<string, { edges: unknown[] }> };
    return (
      data?.installationPosture?.edges.length === 1 && (expect(data.installationPosture.edges).toEqual(shown), data)
    );
  });
  expect(JSON.stringify(ofTenants)).not.toContain('NO_SENDER');
  expect(JSON.stringify((await analyst(query)).data)).not.toContain('NO_SENDER');
});

it('what was refused of indicators is read by operator-admins, and by nobody of a tenant', async () => {
  const query =
    '{ indicatorFeeds { feed imports { by { subject } indicators skipped refused { indicatorId reason } } } }';
  const imported: IndicatorImported = {
    ...{ type: 'indicator.imported', feed: 'isac', indicators: [], skipped: 1, at: THEN },
    refused: [{ indicatorId: 'indicator--1', reason: 'no hash of 31 digits' }],
    by: { subject: 'root', side: 'PROVIDER' },
  };
  await running.say(OPERATOR, [{ fact: imported, envelope: {} }]);
  const refused = [{ indicatorId: 'indicator--1', reason: 'no hash of 31 digits' }];
  const shown = [{ feed: 'isac', imports: [{ by: { subject: 'root' }, indicators: 0, skipped: 1, refused }] }];
  await world.until('the import', async () => {
    const { data } = await analyst(query, {}, root);
    return (data?.indicatorFeeds as unknown[]).length === 1 && (expect(data?.indicatorFeeds).toEqual(shown), true);
  });
  expect((await analyst(query)).data).toEqual({ indicatorFeeds: [] });
});

it('who was reminded of advice stands with the advice, and not with what the case was told of', async () => {
  const query =
    '{ recommendations { edges { node { id reminders { purpose delivered { contact channel } } } } } cases { edges { node { number deliveries { purpose } } } } }';
  const { data } = (await analyst(query)) as { data?: Record<string, { edges: { node: Record<string, unknown> }[] }> };
  const nodes = (name: string) => data?.[name]?.edges.map(({ node }) => node) ?? [];
  const reminder = { purpose: 'REMINDER', delivered: { contact: markOf('acme'), channel: 'mail' } };
  expect(nodes('recommendations').flatMap(({ reminders }) => reminders)).toEqual([reminder]);
  expect(nodes('cases').find(({ number }) => number === 'ACME-1001')?.deliveries).toEqual([{ purpose: 'CASE' }]);
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
