import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { idOf } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { nodeId } from '../src/domain/node-id.js';
import { insiderOf, OTHER, OUTSIDERS, VICTIM } from './isolation/people.js';
import { attemptsAt, SIDES, startIsolationWorld, SURFACES, type IsolationWorld } from './isolation/world.js';
import type { PortalName } from './portal.js';
import { factsOf, idsOf, markOf, THEN } from './samples/index.js';
import { rootFields } from './selection.js';

let isolated: IsolationWorld;

/** Nothing of the tenant: neither its texts nor the ids of its things. */
const expectNothing = (text: string): void => {
  expect(text).not.toContain(markOf(VICTIM));
  expect(text).not.toContain(`greta-${VICTIM}`);
  for (const id of Object.values(idsOf(VICTIM))) expect(text).not.toContain(id);
};

beforeAll(async () => {
  isolated = await startIsolationWorld();
});
afterAll(() => isolated?.stop());

it.each(SIDES)('every root field of the %s schema stands in the table', (side) =>
  expect(Object.keys(SURFACES[side]).sort()).toEqual(rootFields(isolated.schemas[side]).sort()),
);

describe.each(attemptsAt('Query'))('%s', (_name, side, path, attempt) => {
  it('shows those who may see what there is', async () => {
    const { data, errors } = await isolated.portal.ask(
      side,
      await isolated.tokenOf(insiderOf(side, path)),
      isolated.queryOf(side, path, attempt),
    );
    expect(errors).toBeUndefined();
    if (!attempt.general && !path.endsWith('.request')) expect(JSON.stringify(data)).toContain(markOf(VICTIM));
    expect(JSON.stringify(data)).not.toContain(markOf(OTHER));
  });
  it.each(OUTSIDERS[side])('shows nothing to %s', async (_name, who) => {
    const { status, ...answer } = await isolated.portal.ask(
      side,
      await isolated.tokenOf(who),
      isolated.queryOf(side, path, attempt),
    );
    expectNothing(JSON.stringify(answer));
    expect([200, 401]).toContain(status);
  });
});

describe.each(attemptsAt('Mutation'))('%s', (_name, side, path, attempt) => {
  const name = path.split('.')[1] ?? '';
  const askedOf = (tenant: string): number =>
    isolated.deciders.asked.filter(({ envelope }) => envelope.tenant === tenant).length;
  it('is put to the service that decides, for those who may', async () => {
    const before = isolated.deciders.asked.length;
    const { data, errors } = await isolated.portal.ask(
      side,
      await isolated.tokenOf(insiderOf(side, path)),
      isolated.queryOf(side, path, attempt),
    );
    expect(errors).toBeUndefined();
    expect(data?.[name]).toMatchObject({ ok: true, code: '' });
    await isolated.world.until('the request', () => isolated.deciders.asked.length === before + 1);
  });
  it.each(OUTSIDERS[side])('asks nothing for %s', async (_name, who) => {
    const before = [askedOf(VICTIM), askedOf(OPERATOR)];
    const { status, data, errors } = await isolated.portal.ask(
      side,
      await isolated.tokenOf(who),
      isolated.queryOf(side, path, attempt),
    );
    const outcome = data?.[name] as { ok: boolean; code: string } | undefined;
    const ownOpening = attempt.general && who?.side === 'CUSTOMER' && who.subject === `carol-${OTHER}`;
    if (status === 200 && !ownOpening) expect(outcome).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    if (status !== 200) expect([status, errors?.[0]?.extensions?.code]).toEqual([401, 'UNAUTHENTICATED']);
    expectNothing(JSON.stringify(data ?? ''));
    expect([askedOf(VICTIM), askedOf(OPERATOR)]).toEqual(before);
  });
});

describe('subscriptions', () => {
  const listen = (
    side: PortalName,
    token: string | undefined,
    query: string,
  ): { client: Client; got: string[]; over: () => boolean } => {
    const got: string[] = [];
    let over = false;
    const client = createClient({
      url: isolated.portal.socket(side),
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
      attemptsAt('Subscription')
        .flatMap(([, side, path, attempt]) => [
          { mine: true, who: insiderOf(side, path), side, path, attempt },
          ...OUTSIDERS[side].map(([, who]) => ({ mine: false, who, side, path, attempt })),
        ])
        .map(async ({ mine, who, side, path, attempt }) => ({
          mine,
          path,
          ...listen(side, await isolated.tokenOf(who), isolated.queryOf(side, path, attempt)),
        })),
    );
    const said = new Map<string, number>();
    /** Behind what was said of the stream before. */
    const placeOf = (tenant: string, subject: string) => {
      const before = factsOf(tenant).filter(({ envelope }) => envelope.subject === subject).length;
      return { subject, sequence: { version: before + (said.get(tenant) ?? 0), index: 0, count: 1 } };
    };
    const change = async (tenant: string): Promise<void> => {
      const count = (said.get(tenant) ?? 0) + 1;
      said.set(tenant, count);
      const { case: caseId, action: actionId } = idsOf(tenant);
      const by = { subject: 'ada', side: 'PROVIDER' } as const;
      await isolated.world.say(
        tenant,
        { type: 'case.note-added', caseId, noteId: idOf('n', count), text: markOf(tenant), by, at: THEN },
        placeOf(tenant, `case/${tenant}/${caseId}`),
      );
      await isolated.world.say(
        tenant,
        { type: 'action.denied', actionId, caseId, comment: markOf(tenant), by, at: THEN },
        placeOf(tenant, `action/${tenant}/${actionId}`),
      );
    };
    await isolated.world.until('every listener who may to hear of it', async () => {
      await change(VICTIM);
      return all.filter(({ mine }) => mine).every(({ got }) => got.length > 0);
    });
    await change(OTHER);
    const heard = (text: string): boolean => all.some(({ got }) => got.some((one) => one.includes(text)));
    await isolated.world.until('the other tenant to hear of its own', () => heard(markOf(OTHER)));
    for (const { mine, got } of all) {
      if (mine) expect(got.join('')).not.toContain(markOf(OTHER));
      else expectNothing(got.join(''));
    }
    await Promise.all(all.map(({ client }) => client.dispose()));
  });
});

it('no request of the tenant, nor of all tenants, was ever put for somebody else', async () => {
  const insiders = ['root', `greta-${VICTIM}`, `admin-${VICTIM}`, `carol-${VICTIM}`];
  const theirs = isolated.deciders.asked.filter(({ envelope }) => [VICTIM, OPERATOR].includes(envelope.tenant));
  expect(theirs).toHaveLength(attemptsAt('Mutation').length);
  for (const asked of theirs) {
    const { actor } = await isolated.world.keys.verify({ ...asked, now: isolated.world.clock.now() });
    expect(insiders).toContain(actor.subject);
  }
});

describe('reports as PDF', () => {
  const path = `/reports/${nodeId('Report', VICTIM, idsOf(VICTIM).report)}.pdf`;
  it.each(SIDES)('are there for those who may see: %s', async (side) => {
    const response = await isolated.portal.get(path, await isolated.tokenOf(insiderOf(side, 'Query.reports')));
    expect([response.status, await response.text()]).toEqual([200, `%PDF ${markOf(VICTIM)}`]);
  });
  it.each([
    ...OUTSIDERS.analyst.slice(0, 4),
    ...OUTSIDERS.customer.slice(0, 4),
    OUTSIDERS.analyst[5] as [string, undefined],
  ])('are not there for %s', async (_name, who) => {
    const response = await isolated.portal.get(path, await isolated.tokenOf(who));
    expect(response.status).toBe(who ? 404 : 401);
    expectNothing(await response.text());
  });
});
