import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRig, whoIs, type ConformanceSubject, type ConnectorRig, type ConnectorRigOptions } from './rig.js';
import type { IdentifiedTarget } from '../../src/connectors/connector.js';
import { runAction, verifyAction } from '../../src/session/run.js';

/** Somebody who waits for secrets on this machine, and counts what comes. */
export interface SecretListener {
  port: number;
  /** Each request with what it carried. */
  heard: string[];
  /** Connections, also those that said nothing. */
  calls(): number;
  stop(): Promise<void>;
}

export const startListener = async (): Promise<SecretListener> => {
  const heard: string[] = [];
  let calls = 0;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''} ${body}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"x","expires_in":3600}');
    });
  });
  server.on('connection', () => {
    calls += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return { port: (server.address() as AddressInfo).port, heard, calls: () => calls, stop };
};

/** Base addresses that lead, or seem to lead, elsewhere than to the secret's origin. */
const WAYS: [string, (standin: string, port: number) => string][] = [
  ['a port of somebody else', (_, port) => `http://127.0.0.1:${port}`],
  ["the secret's host as a user name", (standin, port) => `${standin}@127.0.0.1:${port}`],
  [
    "the secret's host as a user name with a password",
    (standin, port) => `${standin.replace(/:\d+$/, '')}:x@127.0.0.1:${port}`,
  ],
  ['the address as one number', (_, port) => `http://2130706433:${port}`],
  ['the address inside IPv6', (_, port) => `http://[::ffff:127.0.0.1]:${port}`],
  ['the host by its name', (_, port) => `http://localhost:${port}`],
  ['a backslash and an @', (standin, port) => `http://127.0.0.1:${port}\\@${standin.replace('http://', '')}`],
  ['another scheme', (standin) => standin.replace('http:', 'https:')],
  ['no address', () => 'nowhere'],
];

/** Whatever the settings or the vendor say, a secret and what is made of it reach the secret's origins alone. */
export const conformsToOrigins = (subject: ConformanceSubject): void => {
  const { connector, target } = subject;
  const [action] = connector.actions.filter(
    ({ targetKind, defaultTtlMinutes }) => targetKind === target.kind && defaultTtlMinutes > 0,
  );
  const actionClass = action?.actionClass ?? '';
  let listener: SecretListener;
  let world: ConnectorRig | undefined;
  beforeEach(async () => {
    listener = await startListener();
  });
  afterEach(async () => {
    await world?.stop();
    await listener.stop();
  });
  const open = async (options: ConnectorRigOptions): Promise<ConnectorRig> => (world = await openRig(subject, options));
  const run = async (given: ConnectorRig) =>
    runAction(given.session, actionClass, await whoIs(given, target), { idempotencyKey: 'action-1' });
  const verify = async (given: ConnectorRig, who?: IdentifiedTarget) =>
    verifyAction(given.session, actionClass, who ?? (await whoIs(given, target)), given.clock.now());

  describe(`${connector.title}: its secret`, () => {
    it.each(WAYS)('is not sent to %s', async (_, baseUrl) => {
      const given = await open({ baseUrl: (standin) => baseUrl(standin, listener.port) });
      expect(await run(given)).toMatchObject({
        outcome: 'FAILED',
        detail: expect.stringContaining('nothing was sent that acts'),
      });
      expect(await verify(given)).toMatchObject({ conclusive: false });
      expect([listener.heard, listener.calls(), given.standin.callLog()]).toEqual([[], 0, []]);
    });
    it('is not sent although the base address is right, when it is kept for another', async () => {
      const given = await open({ keptFor: [`http://127.0.0.1:${listener.port}`] });
      expect(await run(given)).toMatchObject({ outcome: 'FAILED' });
      expect([listener.calls(), given.standin.callLog()]).toEqual([0, []]);
    });
    it('goes with the way written differently: capitals, dots, a closing slash', async () => {
      const given = await open({ baseUrl: (standin) => `${standin.replace('http', 'HTTP')}/a/../` });
      expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    });
    it('is not carried on by a redirect', async () => {
      const away = { status: 307, headers: { location: `http://127.0.0.1:${listener.port}/` }, text: '' };
      const given = await open({ tamper: () => async () => away });
      expect(await run(given)).toMatchObject({ outcome: 'FAILED' });
      expect(listener.calls()).toBe(0);
    });
    it('is of no use any more once its keeper has taken the origin back, also to who is logged in', async () => {
      const kept: string[] = [];
      const given = await open({ keptFor: kept, baseUrl: (standin) => (kept.push(standin), standin) });
      expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
      const who = await whoIs(given, target);
      const before = given.standin.callLog().length;
      kept.length = 0;
      expect(await verify(given, who)).toMatchObject({ conclusive: false });
      expect(given.standin.callLog()).toHaveLength(before);
    });
  });
};
