import type { LetterDetails, Batch } from '#libs/events';
import { boundedLetters } from './bounded-letters.js';

type Record = Batch['records'][number];
interface WrittenLetter extends LetterDetails {
  topic: string;
  offset: string;
  code: string;
  sentence: string;
}

const record = (topic: string, offset: number, size = 10): Record => ({
  topic,
  partition: 0,
  offset: String(offset),
  timestamp: 5,
  key: null,
  value: Buffer.alloc(size),
  headers: {},
});

const start = () => {
  const [written, clock] = [[] as WrittenLetter[], { at: 0, now: () => clock.at }];
  const broken = { broker: false };
  const letters = boundedLetters(
    {
      set: async ({ topic, offset }, code, sentence, about) => {
        if (broken.broker) throw new Error('away');
        written.push({ topic, offset, code, sentence, ...about });
      },
    },
    clock,
    { letters: 5, bytes: 1_000 },
  );
  const lose = async (topic: string, count: number, from = 0): Promise<void> => {
    for (let at = from; at < from + count; at += 1) await letters.set(record(topic, at), 'NOT_JSON', 'no.');
  };
  return { written, clock, letters, lose, broken };
};

const lost = (written: WrittenLetter[], topic: string): number =>
  written.filter((one) => one.topic === topic).reduce((sum, { count = 1 }) => sum + count, 0);

describe('the dead letters of a tenant', () => {
  it('are written one by one while they are few', async () => {
    const { written, lose } = start();
    await lose('ingest.acme.edr', 5);
    expect(written.map(({ offset, sentence }) => [offset, sentence])).toEqual(
      ['0', '1', '2', '3', '4'].map((offset) => [offset, 'no.']),
    );
  });

  it('are few when a flood is lost, and stand for all of it', async () => {
    const { written, clock, letters, lose } = start();
    await lose('ingest.acme.edr', 100_000);
    expect(written).toHaveLength(6);
    expect(written[5]?.sentence).toContain('From here on');
    clock.at = 60_000;
    await letters.tell();
    expect(written).toHaveLength(7);
    expect(written[6]).toMatchObject({
      code: 'TOO_MANY_LETTERS',
      count: 99_994,
      ranges: [{ topic: 'ingest.acme.edr', partition: 0, from: '6', to: '99999', count: 99_994 }],
      sentence: expect.stringContaining('99994 × NOT_JSON'),
    });
    expect(lost(written, 'ingest.acme.edr')).toBe(100_000);
  });

  it('cost no other tenant one of theirs', async () => {
    const { written, lose } = start();
    await lose('ingest.acme.edr', 50);
    await lose('ingest.globex.edr', 5);
    expect(written.filter(({ topic }) => topic === 'ingest.globex.edr')).toHaveLength(5);
  });

  it('are bounded in bytes, too, and begin anew with the next minute', async () => {
    const { written, clock, letters } = start();
    for (const at of [0, 1, 2, 3]) await letters.set(record('ingest.acme.edr', at, 600), 'TOO_LARGE', 'big.');
    expect(written.map(({ offset }) => offset)).toEqual(['0', '1']);
    clock.at = 60_001;
    await letters.set(record('ingest.acme.edr', 4, 600), 'TOO_LARGE', 'big.');
    await letters.tell();
    expect(written.map(({ offset, code, count }) => [offset, code, count])).toEqual([
      ['0', 'TOO_LARGE', undefined],
      ['1', 'TOO_LARGE', undefined],
      ['4', 'TOO_LARGE', undefined],
      ['2', 'TOO_MANY_LETTERS', 2],
    ]);
  });

  it('name each partition', async () => {
    const { written, letters, lose } = start();
    await lose('ingest.acme.edr', 20);
    await lose('ingest.acme.iam', 20);
    await letters.tell(true);
    expect(written.at(-1)).toMatchObject({
      count: 33,
      ranges: [
        { topic: 'ingest.acme.edr', from: '6', to: '19', count: 14 },
        { topic: 'ingest.acme.iam', from: '1', to: '19', count: 19 },
      ],
    });
    expect(written.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(40);
  });

  it('are told again when the broker did not have them', async () => {
    const { written, letters, lose, broken } = start();
    await lose('ingest.acme.edr', 10);
    broken.broker = true;
    await expect(letters.tell(true)).rejects.toThrow('away');
    broken.broker = false;
    await letters.tell(true);
    expect(lost(written, 'ingest.acme.edr')).toBe(10);
  });
});
