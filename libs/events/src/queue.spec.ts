import { isTooLarge, SendQueue, sizeOf, type WaitingRecord } from './queue.js';
import { parts } from './delivery.js';
import { maxMessageBytes } from './topics.js';

const waiting = (topic: string, bytes: number, key = 'k'): WaitingRecord => ({
  record: { topic, key, value: Buffer.alloc(bytes), headers: {} },
  bytes,
  done: () => undefined,
});
const fill = (...items: WaitingRecord[]): SendQueue => {
  const queue = new SendQueue();
  items.forEach((item) => queue.push(item));
  return queue;
};
const MIB = 1024 * 1024;

describe('sizeOf', () => {
  it('counts the bytes of key, value and headers, not the characters', () => {
    const small = sizeOf({ topic: 't', key: null, value: Buffer.alloc(10), headers: {} });
    expect(sizeOf({ topic: 't', key: 'é', value: Buffer.alloc(10), headers: { ab: 'é' } })).toBeGreaterThanOrEqual(
      small + 2 + 2 + 2,
    );
  });
});

describe('isTooLarge', () => {
  it('goes by the limit of the topic', () => {
    expect(isTooLarge(waiting('ingest.acme.okta', 2 * MIB))).toBe(true);
    expect(isTooLarge(waiting('vigie.telemetry.normalized', 2 * MIB))).toBe(false);
    expect(isTooLarge(waiting('vigie.telemetry.normalized', 4 * MIB))).toBe(true);
  });
});

describe('take', () => {
  it('never sends more of a topic than fits into one batch', () => {
    const queue = fill(...Array.from({ length: 20 }, () => waiting('ingest.acme.okta', 300_000)));
    for (let send = queue.take(); send.length > 0; send = queue.take()) {
      expect(send.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(maxMessageBytes('ingest.acme.okta'));
    }
    expect(queue).toMatchObject({ length: 0, bytes: 0 });
  });

  it('lets a large record go alone on its topic, beside others', () => {
    const [small, large, other] = [
      waiting('ingest.a.b', 10),
      waiting('ingest.a.b', 900_000),
      waiting('ingest.c.d', 10),
    ];
    const queue = fill(small, large, other);
    expect(queue.take()).toEqual([small, other]);
    expect(queue.take()).toEqual([large]);
  });

  it('keeps the order of a topic: nothing overtakes a record that had to wait', () => {
    const items = [waiting('ingest.a.b', 700_000), waiting('ingest.a.b', 700_000), waiting('ingest.a.b', 10)];
    const queue = fill(...items);
    expect([queue.take(), queue.take()]).toEqual([[items[0]], [items[1], items[2]]]);
  });

  it('bounds a send over all topics', () => {
    const queue = fill(...Array.from({ length: 30 }, (_, index) => waiting(`vigie.t${index}`, MIB)));
    expect(queue.take()).toHaveLength(8);
    expect(queue.length).toBe(22);
  });
});

describe('parts', () => {
  it('are the topics, then halves', () => {
    const [a, b, c] = [waiting('x', 1), waiting('y', 1), waiting('x', 2)];
    expect(parts([a, b, c])).toEqual([[a, c], [b]]);
    expect(parts([a, c])).toEqual([[a], [c]]);
  });
});
