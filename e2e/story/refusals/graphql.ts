import { customer, graphqlClient, provider } from '../../../cli/src/index.js';
import type { PlayedStory } from '../played-story.js';

const LISTS = ['tenants', 'cases', 'findings', 'actions', 'reports', 'hunts', 'exceptions', 'backtests'];
const OUTCOME = '{ ok code }';

const ofNobody = (story: () => PlayedStory): void => {
  it('an operator without grants sees nothing and may do nothing', async () => {
    const { installed, cases } = story();
    const stranger = await provider(installed.up, 'stranger@provider');
    const id = cases.northwind?.[0]?.id;
    const seen = await stranger.ask<Record<string, { totalCount?: number } | null>>(
      `query($id: ID!) { ${LISTS.map((list) => `${list} { totalCount edges { cursor } }`).join(' ')} tenant(id: "northwind") { name } case(id: $id) { title } node(id: $id) { id } caseByNumber(number: "NWC-1001") { id } intake(tenant: "northwind") { accepted } grants { subject } }`,
      { id },
    );
    expect(seen).toEqual({
      ...Object.fromEntries(LISTS.map((list) => [list, { totalCount: 0, edges: [] }])),
      tenant: null,
      case: null,
      node: null,
      caseByNumber: null,
      intake: [],
      grants: [],
    });
    const done = await stranger.ask<Record<string, { ok: boolean; code: string }>>(
      `mutation($id: ID!) { a: acknowledgeCase(id: $id) ${OUTCOME} b: offboardTenant(tenantId: "northwind", reason: "x") ${OUTCOME} c: giveGrant(subject: "stranger@provider", role: ANALYST, tenants: ["northwind"]) ${OUTCOME}
        d: proposeAction(caseId: $id, actionClass: "isolate-host", targetKind: HOST, targetId: "x", reason: "x") ${OUTCOME} e: setPolicy(tenantId: "northwind", policy: { mode: AUTHORIZE }) ${OUTCOME} }`,
      { id },
    );
    expect(new Set(Object.values(done).map(({ ok, code }) => `${ok} ${code}`))).toEqual(new Set(['false FORBIDDEN']));
  });
};

const ofAnotherTenant = (story: () => PlayedStory): void => {
  it('a user of another tenant sees and does nothing of this one', async () => {
    const { stage, cases } = story();
    const other = stage.customers.sakura;
    const id = cases.northwind?.[0]?.id;
    const { actions } = await stage.analyst.ask<{ actions: { edges: { node: { id: string } }[] } }>(
      '{ actions(tenants: ["northwind"], first: 1) { edges { node { id } } } }',
    );
    const action = actions.edges[0]?.node.id;
    expect(
      await other?.ask(
        'query($id: ID!, $action: ID!) { case(id: $id) { title } node(id: $id) { id } action: node(id: $action) { id } caseByNumber(number: "NWC-1001") { id } tenant { name } }',
        { id, action },
      ),
    ).toEqual({ case: null, node: null, action: null, caseByNumber: null, tenant: { name: 'さくら商事株式会社' } });
    const done = await other?.ask<Record<string, { ok: boolean; code: string }>>(
      `mutation($id: ID!, $action: ID!) { a: postMessage(caseId: $id, text: "x") ${OUTCOME} b: approveAction(id: $action) ${OUTCOME} c: denyAction(id: $action) ${OUTCOME} d: markActionDone(id: $action) ${OUTCOME} e: rateCase(caseId: $id, stars: 1) ${OUTCOME} }`,
      { id, action },
    );
    expect(Object.values(done ?? {}).filter(({ ok }) => ok)).toEqual([]);
    const { cases: own } = await (other ?? stage.admin).ask<{ cases: { edges: { node: { number: string } }[] } }>(
      '{ cases(first: 50) { edges { node { number } } } }',
    );
    expect(own.edges.map(({ node }) => node.number).filter((number) => !number.startsWith('SKR-'))).toEqual([]);
  });
};

const withoutRights = (story: () => PlayedStory): void => {
  it('a customer without a grant, and a token of the other side, open nothing', async () => {
    const {
      installed: { up },
    } = story();
    await expect(
      (await customer(up, 'northwind', 'nobody@northwind')).ask('{ cases { totalCount } }'),
    ).resolves.toEqual({ cases: { totalCount: 0 } });
    const { url, token } = { url: up.installation.urls.analyst ?? '', token: 'not.a.token' };
    await expect(graphqlClient(url, token).ask('{ me { subject } }')).rejects.toThrow(/token/);
  });
};

/** People see and do nothing of tenants that are not theirs. */
export const refusedAtGraphql = (story: () => PlayedStory): void => {
  ofNobody(story);
  ofAnotherTenant(story);
  withoutRights(story);
};
