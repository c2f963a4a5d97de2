import { exportJWK, generateKeyPair } from 'jose';
import { Unreadable, type Actor } from '#libs/model';
import { openKeys, type Keys, type SignedActor } from './keys.js';

const pair = async (kid: string) => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { secret: { ...(await exportJWK(privateKey)), kid } as never, open: { ...(await exportJWK(publicKey)), kid } as never };
};

let gateway: Keys;
let cases: Keys;
let stranger: Keys;

const claim = (actor: Actor, rest: Partial<SignedActor> = {}): SignedActor => ({ actor, roles: ['ANALYST'], tenant: 'acme', requestId: 'r1', expiresAt: 1, ...rest });
const ada: Actor = { subject: 'ada', side: 'PROVIDER' };
const expected = { tenant: 'acme', requestId: 'r1' };
const refusal = (promise: Promise<unknown>) => promise.then(() => undefined, (error: unknown) => (error instanceof Unreadable ? error.code : 'not unreadable'));

beforeAll(async () => {
  const [one, two, three] = [await pair('gateway'), await pair('cases'), await pair('cases')];
  const TRUSTED_KEYS = { keys: [one.open, two.open] };
  gateway = await openKeys({ SERVICE_SIGNING_KEY: one.secret, TRUSTED_KEYS });
  cases = await openKeys({ SERVICE_SIGNING_KEY: two.secret, TRUSTED_KEYS });
  stranger = await openKeys({ SERVICE_SIGNING_KEY: three.secret, TRUSTED_KEYS });
});

it('takes the gateway\'s word for a person', async () =>
  expect(await cases.verify(await gateway.sign(claim(ada)), expected)).toEqual(claim(ada)));
it('takes a service\'s word for itself', async () =>
  expect((await gateway.verify(await cases.sign(claim({ subject: 'cases', side: 'SYSTEM' })), expected)).actor.subject).toBe('cases'));
it('takes nobody\'s word without a signature', async () => expect(await refusal(cases.verify(undefined, expected))).toBe('UNSIGNED'));
it.each([
  ['a service that speaks for a person', () => cases.sign(claim(ada))],
  ['a service that speaks for another', () => cases.sign(claim({ subject: 'response', side: 'SYSTEM' }))],
  ['a key nobody trusts under a name that is trusted', () => stranger.sign(claim({ subject: 'cases', side: 'SYSTEM' }))],
  ['another tenant', () => gateway.sign(claim(ada, { tenant: 'other' }))],
  ['another request', () => gateway.sign(claim(ada, { requestId: 'r2' }))],
  ['something that is no signature', () => Promise.resolve('a.b.c')],
])('refuses %s', async (_what, sign) => expect(await refusal(gateway.verify(await sign(), expected))).toBe('FORGED'));
