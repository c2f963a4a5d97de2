import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startStack, type Stack } from '#stack';
import type { Decider } from '#libs/model';
import { openStore, type DecisionRequest, type Store } from '#libs/store';
import { add, codec, counter, quiet, type Add } from './counter.js';
import { sealOf } from './seal.js';

let dir: string;
let stack: Stack;
let store: Store;
let other: Store;

const DATABASE = `vigie_ids_${process.pid}`;
const signed = (counterId: string, by: number, rest: Partial<DecisionRequest<Add>> = {}): DecisionRequest<Add> => {
  const ask = add(counterId, by, rest);
  return { digest: createHash('sha256').update(codec.encode(ask.request)).digest(), ...ask };
};
const under = (
  first: DecisionRequest<Add>,
  counterId: string,
  by: number,
  rest: Partial<DecisionRequest<Add>> = {},
): DecisionRequest<Add> => signed(counterId, by, { requestId: first.requestId, ...rest });
const factsOf = async (counterId: string, tenant = 'acme') =>
  (await store.facts(tenant).stream(`counter/${tenant}/${counterId}`)).facts.length;
const USED = { outcome: 'ID_USED', code: 'REQUEST_ID_USED', fact: undefined, repeated: false };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vigie-ids-'));
  stack = await startStack({ dir });
  const open = () =>
    openStore({
      url: stack.mongoUrl,
      service: 'counters',
      database: DATABASE,
      log: quiet,
      codec,
      seal: sealOf('counters'),
    });
  [store, other] = [await open(), await open()];
});
afterAll(async () => {
  await Promise.all([store?.close(), other?.close()]);
  await stack?.stop();
  await rm(dir, { recursive: true, force: true });
});

describe('a request id is used once:', () => {
  const zoe = { subject: 'zoe', side: 'CUSTOMER' as const };
  it.each<[string, (first: DecisionRequest<Add>, name: string) => DecisionRequest<Add>]>([
    ['other bytes', (first, name) => under(first, name, 2)],
    ['another stream', (first, name) => under(first, `${name}-else`, 1)],
    ['another person', (first, name) => under(first, name, 1, { actor: zoe })],
    [
      'a person of the same name on the other side',
      (first, name) => under(first, name, 1, { actor: { subject: 'ada', side: 'CUSTOMER' } }),
    ],
    ['a service', (first, name) => under(first, name, 1, { actor: { subject: 'cases', side: 'SYSTEM' } })],
  ])('%s under it is neither decided nor answered, at once or later', async (what, otherwise) => {
    const name = what.replaceAll(' ', '-');
    const first = signed(name, 1);
    const [done, used] = await store.execute(counter, [first, otherwise(first, name)]);
    expect([done?.outcome, used]).toEqual(['DONE', expect.objectContaining({ ...USED, requestId: first.requestId })]);
    const [again, still] = await other.execute(counter, [first, otherwise(first, name)]);
    expect([again, still]).toEqual([{ ...done, repeated: true }, used]);
    expect((await other.execute(counter, [otherwise(first, name)]))[0]).toMatchObject(USED);
    expect([await factsOf(name), await factsOf(`${name}-else`)]).toEqual([1, 0]);
  });

  it('another type under it, which another decider of the service decides, is not decided', async () => {
    const multiplier = { ...counter, subject: 'factor' } as unknown as Decider<number, Add, never>;
    const first = signed('typed', 1);
    await store.execute(counter, [first]);
    const request = { ...first.request, type: 'factor.multiply' };
    expect((await store.execute(multiplier, [{ ...first, request }]))[0]).toMatchObject(USED);
    expect((await store.facts('acme').stream('factor/acme/typed')).version).toBe(0);
  });

  it('what was refused under it is not tried with another request', async () => {
    const first = signed('refused', -5);
    expect((await store.execute(counter, [first]))[0]).toMatchObject({ outcome: 'REFUSED' });
    expect((await store.execute(counter, [under(first, 'refused', 5)]))[0]).toMatchObject(USED);
    expect(await factsOf('refused')).toBe(0);
  });

  it('of two requests under it at two replicas at once one is decided', async () => {
    for (let round = 0; round < 10; round += 1) {
      const first = signed(`race-${round}`, 1);
      const outcomes = (
        await Promise.all([
          store.execute(counter, [first]),
          other.execute(counter, [under(first, `race-${round}-b`, 2)]),
        ])
      )
        .flat()
        .map(({ outcome }) => outcome);
      expect(outcomes.sort()).toEqual(['DONE', 'ID_USED']);
      expect((await factsOf(`race-${round}`)) + (await factsOf(`race-${round}-b`))).toBe(1);
    }
  });

  it('its neighbours in the same commit are decided all the same', async () => {
    const first = signed('among', 1);
    await store.execute(counter, [first]);
    const answers = await other.execute(counter, [signed('crowd', 1), under(first, 'crowd', 1), signed('crowd', 1)]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['DONE', 'ID_USED', 'DONE']);
  });
});

it('another tenant may use the same id', async () => {
  const first = signed('tenants', 1);
  await store.execute(counter, [first]);
  expect((await store.execute(counter, [under(first, 'tenants', 7, { tenant: 'globex' })]))[0]).toMatchObject({
    outcome: 'DONE',
    tenant: 'globex',
  });
});

it('a service that hears a fact again may word its request otherwise: the first stands, and is its answer', async () => {
  const cases = { subject: 'cases', side: 'SYSTEM' as const };
  const first = signed('worded', 1, { actor: cases });
  const [done] = await store.execute(counter, [first]);
  expect((await other.execute(counter, [under(first, 'worded', 2, { actor: cases })]))[0]).toEqual({
    ...done,
    repeated: true,
  });
  expect(
    (await other.execute(counter, [under(first, 'worded', 1, { actor: { ...cases, subject: 'enrichment' } })]))[0],
  ).toMatchObject(USED);
  expect(await factsOf('worded')).toBe(1);
});

it('a request of before digests were kept is known by its type and actor', async () => {
  const first = signed('older', 1);
  await store.execute(counter, [first]);
  const raw = await mongoose.createConnection(stack.mongoUrl).asPromise();
  await raw
    .getClient()
    .db(DATABASE)
    .collection('commits')
    .updateOne({ 'requests.id': first.requestId }, { $unset: { 'requests.$.digest': true, 'requests.$.roles': true } });
  await raw.close();
  expect((await other.execute(counter, [first]))[0]).toMatchObject({ outcome: 'DONE', repeated: true });
  expect(
    (await other.execute(counter, [under(first, 'older', 1, { actor: { subject: 'zoe', side: 'CUSTOMER' } })]))[0],
  ).toMatchObject(USED);
});

it('an erased request is still not decided again', async () => {
  const first = signed('erased', 1, { tenant: 'initech' });
  await store.execute(counter, [first]);
  await store.facts('initech').erase({ by: first.actor, reason: 'the customer left', now: first.now, backups: [] });
  for (const ask of [first, under(first, 'erased', 9, { tenant: 'initech' })]) {
    expect((await other.execute(counter, [ask]))[0]).toMatchObject({ outcome: 'REFUSED', code: 'ERASED' });
  }
  expect(await factsOf('erased', 'initech')).toBe(0);
});
