import { CompactSign, importJWK } from 'jose';
import { fromRecord, toRecord, type OutRecord } from '#libs/events';
import { Fault, Unreadable, type Actor, type Typed } from '#libs/model';
import { HOUR_MS } from '#libs/terms';
import { keyPair as pair, type KeyPair } from '#libs/testing';
import { claimText, type RequestClaim } from './claim.js';
import { openKeys, sha256Of, type Keys } from './keys.js';
import { signedRecord, type UnsignedRequest } from './signed-record.js';

type Secret = KeyPair['secret'];
const NOW = Date.UTC(2026, 10, 2, 10, 0);

let gateway: Keys;
let response: Keys;
let enrichment: Keys;
let secrets: Record<string, Secret>;
let good: OutRecord;

const post: Typed = {
  type: 'case.post-message',
  caseId: 'c1',
  kind: 'MESSAGE',
  text: 'please wait',
  inReplyTo: null,
} as Typed;
const approve: Typed = { type: 'action.approve', actionId: 'a1', comment: 'please wait' } as Typed;
const propose = (reason: string): Typed =>
  ({
    type: 'action.propose',
    actionId: 'a1',
    caseId: 'c1',
    actionClass: 'isolate-host',
    target: { kind: 'HOST', id: 'dc01', entity: 'host:dc01' },
    severity: 'HIGH',
    confidence: 90,
    assetGroups: [],
    reason,
    detectedAt: 1,
  }) as Typed;
const zoe: Actor = { subject: 'zoe', side: 'CUSTOMER' };
const unsigned = (rest: Partial<UnsignedRequest> = {}): UnsignedRequest => ({
  envelope: { id: 'r1', tenant: 'acme', source: 'gateway', time: NOW },
  request: approve,
  actor: zoe,
  roles: ['CUSTOMER_APPROVER'],
  expiresAt: NOW + 30_000,
  basedOn: 3,
  ...rest,
});
const itself = (service: string, request: Typed, rest: Partial<UnsignedRequest> = {}): UnsignedRequest =>
  unsigned({
    envelope: { id: 'r1', tenant: 'acme', source: service, time: NOW },
    request,
    actor: { subject: service, side: 'SYSTEM' },
    roles: ['SERVICE'],
    basedOn: undefined,
    ...rest,
  });

const claimOf = (record: OutRecord): RequestClaim => {
  const {
    envelope: { type, tenant, id },
    request = {},
  } = fromRecord({ ...record, partition: 0, offset: '0', timestamp: NOW });
  return {
    type,
    tenant,
    actor: zoe,
    roles: ['CUSTOMER_APPROVER'],
    requestId: id,
    expiresAt: request.expiresAt ?? 0,
    basedOn: request.basedOn,
    sha256: sha256Of(record.value),
  };
};
/** Signs a text as the key would, whatever it says. */
const jws = async (text: string, key: Secret, header: Record<string, unknown> = {}): Promise<string> =>
  new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'vigie-request+jws', ...header })
    .sign(await importJWK(key, 'EdDSA'), { crit: { x: true } });
const bearing = (record: OutRecord, actor: string): OutRecord => ({
  ...record,
  headers: { ...record.headers, ce_actor: actor },
});
const saying = (headers: Record<string, string | undefined>): OutRecord => ({
  ...good,
  headers: Object.fromEntries(
    Object.entries({ ...good.headers, ...headers }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  ),
});
const saysInstead = async (claim: Partial<Record<keyof RequestClaim, unknown>>, kid = 'gateway'): Promise<OutRecord> =>
  bearing(good, await jws(claimText({ ...claimOf(good), ...claim } as RequestClaim), secrets[kid] as Secret));

const verify = (record: OutRecord, now = NOW, topic = record.topic): Promise<RequestClaim> =>
  response.verify({
    ...fromRecord({ ...record, topic, partition: 0, offset: '0', timestamp: now }),
    value: record.value,
    now,
  });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'taken',
    (error: unknown) => (error instanceof Unreadable ? error.code : error),
  );

beforeAll(async () => {
  const pairs = await Promise.all(['gateway', 'response', 'enrichment', 'stranger'].map(pair));
  secrets = Object.fromEntries(pairs.map(({ secret }) => [secret.kid, secret]));
  const TRUSTED_KEYS = { keys: pairs.slice(0, 3).map(({ open }) => open) };
  const keysOf = (kid: string, authority?: Parameters<typeof openKeys>[1]) =>
    openKeys({ SERVICE_SIGNING_KEY: secrets[kid]!, TRUSTED_KEYS }, authority);
  [gateway, response] = [await keysOf('gateway'), await keysOf('response')];
  // As if somebody had taken its key: nothing of its own holds it back.
  enrichment = await keysOf('enrichment', {
    enrichment: { itself: ['action.propose', 'action.execute'], people: ['action.approve'] },
  });
  good = await signedRecord(gateway, unsigned());
});

describe('a signature', () => {
  it('says who asks what, until when and based on what', async () =>
    expect(await verify(good)).toEqual({ ...claimOf(good), basedOn: 3, roles: ['CUSTOMER_APPROVER'] }));
  it('holds on the retry topic too, where dead letters come again', async () =>
    expect((await verify(good, NOW, 'vigie.response.retry')).requestId).toBe('r1'));
  it("is a service's for itself", async () =>
    expect((await verify(await signedRecord(response, itself('response', propose('x'))))).actor).toEqual({
      subject: 'response',
      side: 'SYSTEM',
    }));
  it('is needed', async () => expect(await refusal(verify(saying({ ce_actor: undefined })))).toBe('UNSIGNED'));
  it('keeps a name that every object has', async () =>
    expect(
      (await verify(await signedRecord(gateway, unsigned({ actor: { subject: '__proto__', side: 'CUSTOMER' } })))).actor
        .subject,
    ).toBe('__proto__'));
});

describe('beside a signature nothing can be exchanged:', () => {
  const moved = async (other: Typed): Promise<OutRecord> => {
    const from = await signedRecord(gateway, unsigned({ request: other, basedOn: undefined }));
    const { envelope } = unsigned();
    const to = toRecord({ ...envelope, type: approve.type, subject: approve.type }, approve, {
      expiresAt: NOW + 30_000,
    });
    return bearing(to, from.headers['ce_actor'] ?? '');
  };
  it.each<[string, () => OutRecord | Promise<OutRecord>]>([
    ['the request for one of another type', () => moved(post)],
    ['the request for another of its type', () => moved({ ...approve, actionId: 'a2' } as Typed)],
    [
      'a byte of the value',
      async () => ({
        ...good,
        value: (await signedRecord(gateway, unsigned({ request: { ...approve, comment: 'please wais' } as Typed })))
          .value,
      }),
    ],
    ['the tenant', () => ({ ...saying({ ce_tenant: 'globex' }), key: (good.key ?? '').replace('acme', 'globex') })],
    ['the request id', () => saying({ ce_id: 'r2' })],
    ['the end', () => saying({ ce_expiresat: new Date(NOW + 31_000).toISOString() })],
    ['the end for none', () => saying({ ce_expiresat: undefined })],
    ['the version it is based on', () => saying({ ce_basedon: '4' })],
    ['the version it is based on for none', () => saying({ ce_basedon: undefined })],
    [
      'none for a version',
      async () => {
        const record = await signedRecord(gateway, unsigned({ basedOn: undefined }));
        return { ...record, headers: { ...record.headers, ce_basedon: '3' } };
      },
    ],
    ['the service that put it', () => saying({ ce_source: '/vigie/response' })],
  ])('%s', async (_what, record) => expect(await refusal(verify(await record()))).toBe('FORGED'));
});

describe('no key signs', () => {
  it.each<[string, () => OutRecord | Promise<OutRecord>]>([
    ['as a service nobody trusts', () => saysInstead({}, 'stranger')],
    [
      'under the name of another',
      async () =>
        bearing(good, await jws(claimText(claimOf(good)), { ...(secrets['stranger'] as Secret), kid: 'gateway' })),
    ],
    [
      'for people whom it does not identify',
      async () => ({
        ...(await signedRecord(enrichment, unsigned({ envelope: { ...unsigned().envelope, source: 'enrichment' } }))),
      }),
    ],
    ['what its page does not ask', () => signedRecord(enrichment, itself('enrichment', propose('taken over')))],
    [
      'for another service',
      async () =>
        bearing(
          good,
          await jws(
            claimText({ ...claimOf(good), actor: { subject: 'response', side: 'SYSTEM' }, roles: ['SERVICE'] }),
            secrets['enrichment'] as Secret,
          ),
        ),
    ],
    ['as the gateway itself', () => saysInstead({ actor: { subject: 'gateway', side: 'SYSTEM' }, roles: ['SERVICE'] })],
    [
      'the gateway for a service',
      () => saysInstead({ actor: { subject: 'response', side: 'SYSTEM' }, roles: ['SERVICE'] }),
    ],
    [
      "a service with people's roles",
      async () => {
        const record = toRecord(
          { id: 'r1', tenant: 'acme', source: 'response', time: NOW, type: 'action.propose', subject: 'x' },
          propose('x'),
          { expiresAt: NOW + 1 },
        );
        return bearing(
          record,
          await jws(
            claimText({
              ...claimOf(record),
              actor: { subject: 'response', side: 'SYSTEM' },
              roles: ['SERVICE', 'LEAD'],
            }),
            secrets['response'] as Secret,
          ),
        );
      },
    ],
    ['people as a service', () => saysInstead({ roles: ['SERVICE'] })],
  ])('%s', async (_what, record) => expect(await refusal(verify(await record()))).toBe('FORGED'));

  it('what its own page does not say, to begin with', async () => {
    await expect(signedRecord(response, itself('response', approve))).rejects.toThrow(
      'response does not ask action.approve',
    );
    await expect(signedRecord(gateway, itself('gateway', propose('x')))).rejects.toThrow(Fault);
  });
});

describe('a claim that is written otherwise is none:', () => {
  const text = (change: (text: string) => string) => async (): Promise<OutRecord> =>
    bearing(good, await jws(change(claimText(claimOf(good))), secrets['gateway'] as Secret));
  const header = (more: Record<string, unknown>) => async (): Promise<OutRecord> =>
    bearing(good, await jws(claimText(claimOf(good)), secrets['gateway'] as Secret, more));
  it.each<[string, () => OutRecord | Promise<OutRecord>]>([
    ['a name twice', text((one) => one.replace('"rid"', '"tenant":"globex","rid"'))],
    ['the same name first', text((one) => `{"sub":"root",${one.slice(1)}`)],
    ['one name more', text((one) => one.replace('{', '{"__proto__":{},'))],
    ['spaces', text((one) => one.replace(':', ': '))],
    ['a number spelt otherwise', text((one) => one.replace('"based":3', '"based":3.0'))],
    ['a name escaped', text((one) => one.replace('"zoe"', '"\\u007aoe"'))],
    ['no JSON', text(() => 'zoe')],
    ['null', text(() => 'null')],
    ['no roles', () => saysInstead({ roles: undefined })],
    ['roles that are a text', () => saysInstead({ roles: 'CUSTOMER_APPROVER' })],
    ['a role that is none', () => saysInstead({ roles: ['customer approver'] })],
    ['no end', () => saysInstead({ expiresAt: undefined })],
    ['an end that is a text', () => saysInstead({ expiresAt: String(NOW + 30_000) })],
    ['an endless end', text((one) => one.replace(/"exp":\d+/, '"exp":1e999'))],
    ['a side there is not', () => saysInstead({ actor: { subject: 'zoe', side: 'ROOT' } })],
    ['no subject', () => saysInstead({ actor: { subject: '', side: 'CUSTOMER' } })],
    ['no hash of the value', () => saysInstead({ sha256: undefined })],
    ['another header name', header({ jku: 'https://x.example/keys' })],
    ['a header of critical names', header({ crit: ['x'], x: 1 })],
    ['a token of another kind', header({ typ: 'JWT' })],
    ['no kind', header({ typ: undefined })],
    [
      'no signature',
      () =>
        bearing(
          good,
          `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(claimText(claimOf(good))).toString('base64url')}.`,
        ),
    ],
    ['something that is no JWS', () => bearing(good, 'a.b.c')],
    ['something very long', () => bearing(good, 'x'.repeat(70_000))],
  ])('%s', async (_what, record) => expect(await refusal(verify(await record()))).toBe('FORGED'));
});

it('ends soon: what a person asked cannot be kept for later', async () => {
  const [late, far] = await Promise.all(
    [NOW + HOUR_MS, NOW + 3_600_001].map((expiresAt) => signedRecord(gateway, unsigned({ expiresAt }))),
  );
  expect([await refusal(verify(late as OutRecord)), await refusal(verify(far as OutRecord))]).toEqual([
    'taken',
    'FORGED',
  ]);
});

it('is of the newest key of a name: one that stands before it proves what it signed as anchors, and asks nothing any more', async () => {
  const [older, newer] = [await pair('gateway'), await pair('gateway')];
  const record = await signedRecord(
    await openKeys({ SERVICE_SIGNING_KEY: older.secret, TRUSTED_KEYS: { keys: [older.open] } }),
    unsigned(),
  );
  const heard = {
    ...fromRecord({ ...record, partition: 0, offset: '0', timestamp: NOW }),
    value: record.value,
    now: NOW,
  };
  const trusting = (keys: KeyPair['open'][]): Promise<Keys> =>
    openKeys({ SERVICE_SIGNING_KEY: older.secret, TRUSTED_KEYS: { keys } });
  expect((await (await trusting([newer.open, older.open])).verify(heard)).requestId).toBe('r1');
  await expect((await trusting([older.open, newer.open])).verify(heard)).rejects.toMatchObject({ code: 'FORGED' });
});
