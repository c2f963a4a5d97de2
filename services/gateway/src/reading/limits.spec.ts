import type { Store } from '#libs/store';
import { malformed } from '#libs/testing';
import type { Caller } from '../domain/scope.js';
import { limitReads } from './limits.js';

const caller = (subject: string, tenant?: string): Caller => ({
  subject,
  side: tenant ? 'CUSTOMER' : 'PROVIDER',
  expiresAt: 0,
  ...(tenant ? { tenant } : {}),
});

/** A store whose reads end when the test says so. */
const slow = () => {
  const under: { name: string; withinMs: number | undefined; end(): void }[] = [];
  const view = (name: string, limit?: { withinMs: number }) => ({
    for: () => ({
      get: () => new Promise((resolve) => under.push({ name, withinMs: limit?.withinMs, end: () => resolve(name) })),
    }),
  });
  return { under, store: malformed<Pick<Store, 'view'>>({ view }) };
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const limits = { withinMs: 5_000, atOnce: 2, waiting: 3 };

it('gives each read a limit, and the rest of its operation when that is less', async () => {
  const { under, store } = slow();
  const reads = limitReads(store, limits, () => 10_000);
  void reads(caller('ada')).view('a').for('t').get('k');
  void reads(caller('ada'), 11_000).view('b').for('t').get('k');
  void reads(caller('bob'), 9_000).view('c').for('t').get('k');
  expect(under.map(({ withinMs }) => withinMs)).toEqual([5_000, 1_000, 1]);
});
it("makes reads of one caller wait for its own, and nobody else's", async () => {
  const { under, store } = slow();
  const reads = limitReads(store, limits, () => 0);
  const mine = ['a', 'b', 'c'].map((name) => reads(caller('ada')).view(name).for('t').get('k'));
  void reads(caller('bob')).view('bobs').for('t').get('k');
  expect(under.map(({ name }) => name)).toEqual(['a', 'b', 'bobs']);
  under[0]?.end();
  await mine[0];
  await settle();
  expect(under.map(({ name }) => name)).toEqual(['a', 'b', 'bobs', 'c']);
});
it('refuses what is too much, and takes it again later', async () => {
  const { under, store } = slow();
  const reads = limitReads(store, limits, () => 0);
  const read = (subject: string) => reads(caller(subject, 'acme')).view('x').for('acme').get('k');
  const waiting = ['a', 'b', 'c', 'd', 'e'].map(read);
  await expect(read('f')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  for (let index = 0; index < 5; index += 1) {
    await settle();
    under[index]?.end();
  }
  await Promise.all(waiting);
  void read('g');
  expect(under).toHaveLength(6);
});
