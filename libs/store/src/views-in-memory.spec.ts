import type { Heard, Typed, View } from '#libs/model';
import { viewsInMemory } from './views-in-memory.js';

interface Said extends Typed {
  type: 'counter.added';
  key: string;
  by: number;
}
interface Sum {
  by: number;
  all: number[];
}
const sums: View<Sum, Said> = {
  name: 'sums',
  hears: ['counter.added'],
  keys: ({ message }) => [message.key],
  show: (doc, { message: { by } }) => ({ by: (doc?.by ?? 0) + by, all: [...(doc?.all ?? []), by] }),
};
const said = (key: string, by: number, version: number, tenant = 'acme'): Heard<Said> => ({
  envelope: {
    id: `${key}-${version}`,
    type: 'counter.added',
    source: 'counters',
    subject: `counter/${tenant}/${key}`,
    time: 0,
    tenant,
    sequence: { version, index: 0, count: 1 },
  },
  message: { type: 'counter.added', key, by },
});
const facts = [said('a', 1, 1), said('a', 2, 2), said('a', 2, 2), said('b', 5, 1), said('a', 9, 1, 'globex')];
const view = viewsInMemory([sums], facts).view<Sum>('sums');

it('folds each fact of a stream once, tenants apart', async () => {
  expect(await view.for('acme').get('a')).toEqual({ by: 3, all: [1, 2] });
  expect(await view.for('globex').get('a')).toEqual({ by: 9, all: [9] });
  expect(await view.for('globex').get('b')).toBeUndefined();
});

it('is asked as a stored view is: by fields and their elements, in order, in pages', async () => {
  const keys = async (query: object) => (await view.for(['acme', 'globex']).find(query)).items.map(({ doc }) => doc.by);
  expect(await keys({ where: { by: { gte: 3, lt: 9 } } })).toEqual([3, 5]);
  expect(await keys({ where: { all: 2 } })).toEqual([3]);
  expect(await keys({ sort: { by: -1 }, limit: 1 })).toEqual([9]);
  const { next } = await view.for(['acme', 'globex']).find({ limit: 2 });
  expect(await keys({ limit: 2, after: next })).toEqual([9]);
  expect(await view.for('acme').count({ by: { ne: 5 } })).toBe(1);
});
