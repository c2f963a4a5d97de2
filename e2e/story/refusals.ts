import { randomUUID } from 'node:crypto';
import { catalogue } from '#contracts';
import {
  connectBroker,
  deadLetterTopic,
  ensureTopics,
  ingestTopicSpec,
  listTopics,
  readDeadLetter,
  toRecord,
  type Broker,
} from '#libs/events';
import { topologyOf } from '#libs/service';
import { until } from '#libs/testing';
import { customer, definitions, graphqlClient, provider, readAll, type Stage } from '../../cli/src/index.js';
import { silent, type Installed } from '../support/installation.js';
import { requests } from './sample-requests.js';

export interface Told {
  installed: Installed;
  stage: Stage;
  cases: Record<string, { id: string; number: string }[]>;
}

interface Principal {
  username: string;
  password: string;
}

const FOREIGN = 'ingest.nobody.else';
/** How long an attempt to read may stay without an answer before it counts as allowed. */
const ALLOWED_AFTER_MS = 4_000;
/** Who may not use a group is not told its coordinator. */
const REFUSED = /not authorized|no such topic|group coordinator/i;

const as = ({ up: { stack } }: Installed, { username, password }: Principal): Broker =>
  connectBroker({ brokers: stack.brokers, username, password, clientId: username, log: silent });

interface Attempt {
  what: string;
  /** What was said; nothing when it was allowed. */
  refusal?: string;
}

const tryToWrite = async (broker: Broker, topics: string[]): Promise<Attempt[]> => {
  const publisher = broker.publisher({ patienceMs: 0 });
  const attempts = await Promise.all(
    topics.map((topic) =>
      publisher.send([{ topic, key: 'trial', value: Buffer.from('{}'), headers: {} }]).then(
        () => ({ what: `write ${topic}` }),
        (error: unknown) => ({
          what: `write ${topic}`,
          refusal: error instanceof Error ? error.message : String(error),
        }),
      ),
    ),
  );
  await publisher.close();
  return attempts;
};

const tryToRead = async (broker: Broker, topic: string, groupId: string): Promise<Attempt> => {
  let refusal: string | undefined;
  let heard = false;
  const consumption = broker.consume({
    groupId,
    topics: [topic],
    patienceMs: 0,
    handle: async () => {
      heard = true;
    },
    onFault: ({ message }) => {
      refusal = message;
    },
  });
  consumption.ready().catch(() => undefined);
  await until('an answer', () => heard || refusal !== undefined, ALLOWED_AFTER_MS).catch(() => undefined);
  await consumption.stop();
  return { what: `read ${topic}`, refusal };
};

const topicsOfAll = async ({ broker }: Installed): Promise<string[]> =>
  (await listTopics(broker)).filter((topic) => !topic.startsWith('__'));

/** Every topic against one principal. @returns a line for each that was not refused although it should be. */
const trespasses = async (
  broker: Broker,
  topics: { write: string[]; read: string[] },
  groupId: string,
): Promise<string[]> => {
  const attempts = await tryToWrite(broker, topics.write);
  for (const topic of topics.read) attempts.push(await tryToRead(broker, topic, groupId));
  return attempts
    .filter(({ refusal }) => !REFUSED.test(refusal ?? ''))
    .map(({ what, refusal }) => `${what}: ${refusal ?? 'allowed'}`);
};

const atKafka = (told: () => Told): void => {
  it('a partner writes its own topic, and no other topic lets it write or read', async () => {
    const { installed, stage } = told();
    await ensureTopics(installed.broker, [{ ...ingestTopicSpec('nobody', 'else'), topic: FOREIGN }]);
    const partner = stage.partners['northwind/endpoint'];
    if (!partner) throw new Error('northwind has no partner');
    const topics = await topicsOfAll(installed);
    const broker = as(installed, partner);
    expect(topics).toContain(partner.topic);
    expect(
      await trespasses(
        broker,
        { write: topics.filter((topic) => topic !== partner.topic), read: topics },
        'partner.trial',
      ),
    ).toEqual([]);
    await broker.close();
  }, 180_000);

  it.each(definitions.map((definition) => [definition.name, topologyOf(definition)] as const))(
    '%s writes and reads no topic that its page does not name',
    async (name, { says, hears }) => {
      const { installed } = told();
      const named = (list: string[], topic: string): boolean =>
        list.some((one) => topic === one || (one.endsWith('.') && topic.startsWith(one)));
      const topics = await topicsOfAll(installed);
      const broker = as(installed, installed.up.stack.userFor(name));
      const foreign = {
        write: topics.filter((topic) => !named(says, topic)),
        read: topics.filter((topic) => !named(hears, topic)),
      };
      expect(await trespasses(broker, foreign, `vigie.${name}.trial`)).toEqual([]);
      await broker.close();
    },
    180_000,
  );
};

const ownerOf = (topic: string): string =>
  definitions.find(({ decides = [] }) => decides.some(({ subject }) => topic === `vigie.${subject}.requests`))?.name ??
  '';

const atRequests = (told: () => Told): void => {
  const topics = [...new Set(catalogue.filter(({ kind }) => kind === 'requests').map(({ topic }) => topic))].sort();

  it('every request topic is in the table', () =>
    expect(
      Object.keys(requests)
        .map((subject) => `vigie.${subject}.requests`)
        .sort(),
    ).toEqual(topics));

  it.each(Object.entries(requests))(
    'an unsigned %s request becomes a dead letter of the service that decides',
    async (subject, request) => {
      const {
        installed: { broker },
      } = told();
      const id = randomUUID();
      const publisher = broker.publisher();
      const envelope = { id, type: request.type, source: 'stranger', subject, time: Date.now(), tenant: 'northwind' };
      await publisher.send([toRecord(envelope, request, { expiresAt: Date.now() + 60_000 })]);
      await publisher.close();
      const letter = await until(`the dead letter of ${request.type}`, async () =>
        (await readAll(broker, [deadLetterTopic(ownerOf(`vigie.${subject}.requests`))]))
          .map(readDeadLetter)
          .find(({ original }) => original.headers['ce_id'] === id),
      );
      expect([letter.code, letter.tenant]).toEqual(['UNSIGNED', 'northwind']);
    },
  );
};

const LISTS = ['tenants', 'cases', 'findings', 'actions', 'reports', 'hunts', 'exceptions', 'backtests'];
const OUTCOME = '{ ok code }';

const atGraphql = (told: () => Told): void => {
  it('an operator without grants sees nothing and may do nothing', async () => {
    const { installed, cases } = told();
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

  it('a user of another tenant sees and does nothing of this one', async () => {
    const { stage, cases } = told();
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

  it('a customer without a grant, and a token of the other side, open nothing', async () => {
    const {
      installed: { up },
    } = told();
    await expect(
      (await customer(up, 'northwind', 'nobody@northwind')).ask('{ cases { totalCount } }'),
    ).resolves.toEqual({ cases: { totalCount: 0 } });
    const { url, token } = { url: up.installation.urls.analyst ?? '', token: 'not.a.token' };
    await expect(graphqlClient(url, token).ask('{ me { subject } }')).rejects.toThrow(/token/);
  });
};

/** Who may not is refused: by Kafka, by the services, by the gateway. */
export const refusals = (told: () => Told): void => {
  describe('at Kafka', () => atKafka(told));
  describe('at the services', () => atRequests(told));
  describe('at GraphQL', () => atGraphql(told));
};
