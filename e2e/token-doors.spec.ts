import { generateKeyPair, exportJWK, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { ingestVerifier as atIngest } from '../services/collection/src/listeners/tokens.js';
import { callerVerifier as atGateway } from '../services/gateway/src/http/tokens.js';

const NOW = Date.now();
const NOW_S = Math.floor(NOW / 1_000);
const HOUR_S = 3_600;
type Opens = (claims: Record<string, unknown>, key?: CryptoKey, header?: Record<string, unknown>) => Promise<boolean>;
interface Door {
  good: JWTPayload;
  opens: Opens;
  opensWith(token: string): Promise<boolean>;
}

let ours: CryptoKey;
let foreign: CryptoKey;
let doors: Record<'gateway' | 'ingest', Door>;

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA');
  ours = pair.privateKey;
  foreign = (await generateKeyPair('EdDSA')).privateKey;
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] };
  const issuers = [
    { issuer: 'op', side: 'PROVIDER' as const, jwks },
    { issuer: 'customer:*', side: 'CUSTOMER' as const, jwks },
    { issuer: 'partner:*', side: 'PARTNER' as const, jwks },
  ];
  const common = { sub: 'somebody', aud: 'vigie', iat: NOW_S, exp: NOW_S + HOUR_S };
  const door = (iss: string, opensWith: Door['opensWith']): Door => ({
    good: { ...common, iss },
    opensWith,
    opens: async (claims, key = ours, header = {}) =>
      opensWith(
        await new SignJWT({ ...common, iss, ...claims })
          .setProtectedHeader({ alg: 'EdDSA', kid: 'k', ...header })
          .sign(key),
      ),
  });
  const gateway = atGateway(issuers, () => NOW);
  const ingest = atIngest(issuers, () => NOW);
  doors = {
    gateway: door('customer:acme', async (token) => (await gateway(`Bearer ${token}`, 'CUSTOMER')) !== undefined),
    ingest: door('partner:acme', async (token) => (await ingest(token)) !== undefined),
  };
});

const claimed: [string, (door: 'gateway' | 'ingest') => Record<string, unknown>][] = [
  ['no issuer', () => ({ iss: undefined })],
  ['an issuer that is no text', () => ({ iss: 7 })],
  ['an issuer nobody knows', () => ({ iss: 'else:acme' })],
  ['an issuer that names no tenant', (door) => ({ iss: door === 'gateway' ? 'customer:' : 'partner:' })],
  ['an issuer that names what is no tenant', (door) => ({ iss: `${door === 'gateway' ? 'customer' : 'partner'}:A/b` })],
  ['an issuer of the other door', (door) => ({ iss: door === 'gateway' ? 'partner:acme' : 'customer:acme' })],
  ['no audience', () => ({ aud: undefined })],
  ['another audience', () => ({ aud: 'else' })],
  ['no subject', () => ({ sub: undefined })],
  ['an empty subject', () => ({ sub: '' })],
  ['a subject that is no text', () => ({ sub: { name: 'ada' } })],
  ['a subject without end', () => ({ sub: 'a'.repeat(201) })],
  ['no end', () => ({ exp: undefined })],
  ['an end that is no number', () => ({ exp: `${NOW_S + HOUR_S}` })],
  ['an end that is over', () => ({ exp: NOW_S - 1 })],
  ['a beginning that is to come', () => ({ nbf: NOW_S + HOUR_S })],
  ['a beginning that is no number', () => ({ nbf: 'now' })],
];

describe.each(['gateway', 'ingest'] as const)('the door of %s', (door) => {
  it('opens for a good token, also when clocks differ a little', async () => {
    expect(await doors[door].opens({})).toBe(true);
    expect(await doors[door].opens({ nbf: NOW_S + 3 })).toBe(true);
  });
  it.each(claimed)('stays shut for %s', async (_name, claims) =>
    expect(await doors[door].opens(claims(door))).toBe(false),
  );
  it('stays shut for a key, an algorithm or a header that is not of the issuer', async () => {
    expect(await doors[door].opens({}, foreign)).toBe(false);
    expect(await doors[door].opens({}, ours, { kid: 'other' })).toBe(false);
    const none = [{ alg: 'none' }, doors[door].good].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    expect(await doors[door].opensWith(`${none.join('.')}.`)).toBe(false);
  });
  it.each(['', 'x', 'x.y.z', 'a.b', `${'a'.repeat(9_000)}.b.c`])(
    'stays shut for what is no token: %.20s',
    async (text) => expect(await doors[door].opensWith(text)).toBe(false),
  );
});

describe('sources of a partner', () => {
  it.each([
    ['none named: all registered ones', undefined, true],
    ['some', ['edr'], true],
    ['one as a text', 'edr', false],
    ['what is no text among them', ['edr', 7], false],
    ['an object', { 0: 'edr' }, false],
    ['null', null, false],
  ])('%s', async (_name, sources, opened) => expect(await doors.ingest.opens({ sources })).toBe(opened));
});
