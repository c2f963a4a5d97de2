import { openRig, identifiedBy, type ConformanceSubject, type ConnectorRig, type ConnectorRigOptions } from './rig.js';
import type { IdentifiedTarget } from '../../src/connectors/connector.js';
import { runAction, verifyAction } from '../../src/session/run.js';
import { startListener, type SecretListener } from './secret-listener.js';

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
export const conformsToOrigins = (subject: ConformanceSubject): void =>
  describe(`${subject.connector.title}: its secret`, () => {
    const scene = sceneOf(subject);
    elsewhereBehaviour(scene);
    keeperBehaviour(scene);
  });

/** A connector's account, and somebody who listens elsewhere on this machine; both are gone after each test. */
const sceneOf = (subject: ConformanceSubject) => {
  const { connector, target } = subject;
  const [action] = connector.actions.filter(
    ({ targetKind, defaultTtlMinutes }) => targetKind === target.kind && defaultTtlMinutes > 0,
  );
  const actionClass = action?.actionClass ?? '';
  let listener: SecretListener;
  let rig: ConnectorRig | undefined;
  beforeEach(async () => {
    listener = await startListener();
  });
  afterEach(async () => {
    await rig?.stop();
    await listener.stop();
  });
  const targetIn = (given: ConnectorRig): Promise<IdentifiedTarget> => identifiedBy(given, target);
  return {
    elsewhere: () => listener,
    targetIn,
    open: async (options: ConnectorRigOptions): Promise<ConnectorRig> => (rig = await openRig(subject, options)),
    run: async (given: ConnectorRig) =>
      runAction(given.session, actionClass, await targetIn(given), { idempotencyKey: 'action-1' }),
    verify: async (given: ConnectorRig, who?: IdentifiedTarget) =>
      verifyAction(given.session, actionClass, who ?? (await targetIn(given)), given.clock.now()),
  };
};

type OriginScene = ReturnType<typeof sceneOf>;

const elsewhereBehaviour = ({ open, run, verify, elsewhere }: OriginScene): void => {
  it.each(WAYS)('is not sent to %s', async (_, baseUrl) => {
    const given = await open({ baseUrl: (standin) => baseUrl(standin, elsewhere().port) });
    expect(await run(given)).toMatchObject({
      outcome: 'FAILED',
      detail: expect.stringContaining('nothing was sent that acts'),
    });
    expect(await verify(given)).toMatchObject({ conclusive: false });
    expect([elsewhere().heard, elsewhere().calls(), given.standin.callLog()]).toEqual([[], 0, []]);
  });
  it('is not carried on by a redirect', async () => {
    const away = { status: 307, headers: { location: `http://127.0.0.1:${elsewhere().port}/` }, text: '' };
    const given = await open({ tamper: () => async () => away });
    expect(await run(given)).toMatchObject({ outcome: 'FAILED' });
    expect(elsewhere().calls()).toBe(0);
  });
};

const keeperBehaviour = ({ open, run, verify, targetIn, elsewhere }: OriginScene): void => {
  it('is not sent although the base address is right, when it is kept for another', async () => {
    const given = await open({ keptFor: [`http://127.0.0.1:${elsewhere().port}`] });
    expect(await run(given)).toMatchObject({ outcome: 'FAILED' });
    expect([elsewhere().calls(), given.standin.callLog()]).toEqual([0, []]);
  });
  it('goes with the way written differently: capitals, dots, a closing slash', async () => {
    const given = await open({ baseUrl: (standin) => `${standin.replace('http', 'HTTP')}/a/../` });
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
  });
  it('is of no use any more once its keeper has taken the origin back, also to who is logged in', async () => {
    const kept: string[] = [];
    const given = await open({ keptFor: kept, baseUrl: (standin) => (kept.push(standin), standin) });
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    const who = await targetIn(given);
    const before = given.standin.callLog().length;
    kept.length = 0;
    expect(await verify(given, who)).toMatchObject({ conclusive: false });
    expect(given.standin.callLog()).toHaveLength(before);
  });
};
