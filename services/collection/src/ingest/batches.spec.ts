import { windows } from '../sources/windows/index.js';
import { batchesOf, MOST_EVENTS } from './batches.js';
import { readMessage } from './message.js';

const eventsOf = (lines: object[]) =>
  readMessage(
    Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')),
    { topic: 'ingest.acme.edr', partition: 0, offset: '1', timestamp: 1 },
    windows,
  ).events;

describe('batches', () => {
  it('hold 200 events at most, in order', () => {
    const batches = batchesOf('edr', 'WINDOWS', eventsOf(Array.from({ length: 450 }, () => ({ Hostname: 'a' }))), 1);
    expect(batches.map(({ message }) => message.events.length)).toEqual([MOST_EVENTS, MOST_EVENTS, 50]);
    expect(batches.flatMap(({ message }) => message.events.map(({ index }) => index))).toEqual(
      Array.from({ length: 450 }, (_, at) => at),
    );
  });

  it('hold 512 KiB at most, unless one event is larger', () => {
    const large = { Hostname: 'a', x: 'y'.repeat(300_000) };
    const batches = batchesOf('edr', 'WINDOWS', eventsOf([large, large, { ...large, x: 'y'.repeat(900_000) }]), 1);
    expect(batches.map(({ message }) => message.events.length)).toEqual([1, 1, 1]);
  });

  it('keep an entity in one shard', () => {
    const batches = batchesOf(
      'edr',
      'WINDOWS',
      eventsOf(Array.from({ length: 64 }, (_, at) => ({ Hostname: `h${at % 8}` }))),
      4,
    );
    const shardsOf = new Map<string, Set<number>>();
    for (const { shard, message } of batches) {
      for (const { entity } of message.events) shardsOf.set(entity, (shardsOf.get(entity) ?? new Set()).add(shard));
    }
    expect([...shardsOf.values()].every((shards) => shards.size === 1)).toBe(true);
  });
});
