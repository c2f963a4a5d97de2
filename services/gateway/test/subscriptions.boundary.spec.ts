import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { idOf } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { caseStream, startPeopledGateway, type PeopledGateway } from './gateway-world.js';
import { granting, idsOf, THEN } from './samples/index.js';

let running: PeopledGateway;
let world: PeopledGateway['world'];
let portal: PeopledGateway['portal'];

beforeAll(async () => {
  running = await startPeopledGateway();
  ({ world, portal } = running);
  await running.say(OPERATOR, [granting('grant.given', 4, 'last', 'LEAD', ['acme'])]);
  // Who has no grant yet is refused for good.
  await world.until('the grant', async () =>
    JSON.stringify((await running.analyst('{ grants { subject } }', {}, running.root)).data).includes('last'),
  );
});
afterAll(() => running?.stop());

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
    let version = 4;
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
    await world.say(OPERATOR, fact, envelope);
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
