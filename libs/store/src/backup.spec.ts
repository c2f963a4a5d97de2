import { readFileSync } from 'node:fs';

const namesIn = (path: string, pattern: RegExp): string[] =>
  [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, name = '']) => name).sort();

/** They follow from facts, from Kafka, or from who runs. */
const LEFT_OUT = ['checkpoint-chunks', 'checkpoints', 'leases', 'readings', 'snapshot-pieces', 'snapshots'];

it('a backup holds every collection of the store, but for those that are left out by name', () => {
  const there = namesIn('libs/store/src/collections.ts', /db\.collection\('([a-z-]+)'\)/g);
  const held = namesIn('libs/store/src/backup.ts', /^ {2}([a-z]+): \{(?: atCut| filters|\},$)/gm);
  expect(there.length).toBeGreaterThan(8);
  expect([...held, ...LEFT_OUT].sort()).toEqual(there);
});
