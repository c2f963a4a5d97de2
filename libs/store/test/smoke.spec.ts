import { openStore, type Codec, type OutFact } from '#libs/store';
import { Refused, type Decider, type Typed } from '#libs/model';
const codec: Codec = {
  encode: (m) => Buffer.concat([Buffer.from([0,0,0,0,7]), Buffer.from(JSON.stringify(m))]),
  decode: (b) => JSON.parse(b.subarray(5).toString()) as Typed,
};
type R = { type: 'case.open'; caseId: string } ; type F = { type: 'case.opened'; caseId: string; n: number };
const d: Decider<{ open: boolean }, R, F> = { subject: 'case', version: 1, key: (r) => r.caseId, initial: () => ({ open: false }), evolve: () => ({ open: true }),
  decide: (r, s) => { if (s.open) throw new Refused('already open'); return [{ type: 'case.opened', caseId: r.caseId, n: 1 }]; } };
const log = { info: console.log, warn: console.log, error: console.log };
it('works', async () => {
  const db = `smoke${Date.now()}`;
  const store = await openStore({ url: 'mongodb://127.0.0.1:27555/?directConnection=true', service: 'cases', database: db, log, codec });
  const ask = (id: string, caseId: string) => ({ tenant: 'acme', requestId: id, request: { type: 'case.open' as const, caseId }, actor: { subject: 'a', side: 'PROVIDER' as const }, now: Date.now() });
  const t0 = performance.now();
  console.log(await store.execute(d, [ask('1', 'a'), ask('2', 'a'), ask('3', 'b'), ask('1', 'a')]));
  console.log((await store.execute(d, [ask('1', 'a'), ask('2', 'a')])).map((a) => [a.outcome, a.repeated]), performance.now() - t0);
  const sent: OutFact[] = [];
  const relay = store.startRelay(async (f) => { sent.push(...f); });
  await relay.drain();
  console.log(sent.map((s) => [s.topic, s.key, s.envelope]), relay.health());
  const more = await Promise.all(Array.from({ length: 20 }, (_, i) => store.execute(d, [ask(`r${i}`, 'race')])));
  console.log(more.flat().map((a) => a.outcome + a.version).join(' '));
  const view = { name: 'open-cases', hears: ['case.opened' as const], keys: (h: { message: F }) => [h.message.caseId], show: (doc: { times: number } | undefined) => ({ times: (doc?.times ?? 0) + 1 }), indexes: ['times'] };
  const heard = sent.filter((s) => s.envelope.type === 'case.opened').map((s) => ({ envelope: s.envelope, message: codec.decode(s.bytes) }));
  console.log(await store.applyView(view, heard), await store.applyView(view, heard));
  console.log(await store.view('open-cases').for('acme').find({ where: { times: { gte: 1 } }, sort: { times: -1 }, limit: 1 }), await store.view('open-cases').for('b').count());
  console.log(await store.rebuildView(view, store_all(), { check: true }), await store.rebuildView(view, store_all(), { check: false }));
  async function* store_all() { yield* store.facts('acme').all(); }
  console.log(await store.view('open-cases').for('acme').find(), await store.facts('acme').verify());
  console.log(await store.facts('acme').erase(), await store.facts('acme').verify());
  await store.hold([{ id: 'h', tenant: 'acme', dueAt: 5, request: { type: 'case.open' } }]);
  console.log(await store.due(10, 10)); await store.settle(['h']); console.log(await store.due(10, 10));
  console.log(await store.claimCheckpoint('t', 0), await store.saveCheckpoint({ topic: 't', partition: 0, offset: '5', epoch: 1, bytes: Buffer.alloc(2_500_000) }), (await store.loadCheckpoint('t', 0))?.bytes.length);
  console.log(await store.claimCheckpoint('t', 0).then((c) => c.epoch), await store.saveCheckpoint({ topic: 't', partition: 0, offset: '9', epoch: 1, bytes: Buffer.alloc(2_500_000) }));
  await store.close();
}, 60000);
