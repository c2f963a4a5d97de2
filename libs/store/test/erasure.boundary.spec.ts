import type { ErasureBegun } from '#contracts';
import { malformed } from '#libs/testing';
import { OPERATOR } from '#libs/terms';
import { A, anchoredStores, at, check, NOON, set } from './anchored-stores.js';
import { codec } from './counter.js';

const { lived } = anchoredStores('erasure');
const blank = Buffer.alloc(0);

describe('an erasure', () => {
  const by = { subject: 'dora', side: 'PROVIDER' as const };
  const backups = [{ name: 'nightly', endsOn: '2026-12-02' }];

  it('is written down, signed and outlives the tenant; anchors hold and what it does not speak of is still found', async () => {
    const place = await lived();
    expect(await place.store.facts('acme').erase({ by, reason: 'asked for', now: NOON, backups, streams: [A] })).toBe(
      3,
    );
    const { facts } = await place.store.facts(OPERATOR).stream('erasure/_operator/acme');
    expect(facts.map(({ message }) => message)).toEqual([
      expect.objectContaining({
        type: 'erasure.begun',
        tenantId: 'acme',
        streams: [A],
        subjects: [],
        until: NOON,
        by,
        reason: 'asked for',
        backups,
      }),
      expect.objectContaining({ type: 'erasure.ended', tenantId: 'acme', commits: 3 }),
    ]);
    expect((await check(place)).problems).toEqual([]);
    expect((await place.store.chain.verify(OPERATOR)).problems).toEqual([]);
    await set(at('b', 1), { 'facts.0.bytes': blank, 'facts.0.salt': blank })(place);
    await set(at('a', 5), { 'facts.0.bytes': blank, 'facts.0.salt': blank })(place);
    expect((await check(place)).problems.map(({ streamId, version }) => `${streamId}@${version}`)).toEqual([
      at('a', 5),
      at('b', 1),
    ]);
  });

  it('whose facts are no facts any more allows nothing, and does not end the check', async () => {
    const place = await lived();
    await place.store.facts('acme').erase({ by, reason: 'asked for', now: NOON, backups });
    await place.commits.updateOne(
      { _id: 'erasure/_operator/acme@1' },
      { $set: malformed({ facts: [null, { type: 'erasure.begun', bytes: 'x' }] }) },
    );
    await place.commits.updateOne({ _id: 'erasure/_operator/acme@2' }, { $set: malformed({ facts: 7 }) });
    expect(
      (await check(place)).problems.filter(({ problem }) => problem.includes('no erasure speaks of it')).length,
    ).toBeGreaterThan(4);
    expect((await place.store.chain.verify(OPERATOR)).problems.map(({ version }) => version)).toEqual(
      expect.arrayContaining([1, 2]),
    );
  });

  it('is not believed when the service did not sign it', async () => {
    const place = await lived();
    await place.store.facts('acme').erase({ by, reason: 'asked for', now: NOON, backups });
    const begun: ErasureBegun = {
      type: 'erasure.begun',
      tenantId: 'acme',
      subjects: [],
      streams: [],
      until: NOON * 2,
      by,
      reason: '',
      backups: [],
      at: 1,
      signature: 'e30.AA',
    };
    const forged = codec.encode(begun);
    await place.commits.updateOne({ _id: 'erasure/_operator/acme@1' }, { $set: { 'facts.0.bytes': forged } });
    expect(
      (await check(place)).problems.filter(({ problem }) => problem.includes('no erasure speaks of it')).length,
    ).toBeGreaterThan(4);
  });
});
