import {
  deadLetterOf,
  ensureTopics,
  ingestTopicSpec,
  type DeadLetter,
  type InRecord,
  type OutRecord,
} from '#libs/events';
import { startWorld, type World } from '#libs/testing';
import { sendPacked } from '../../libs/events/test/packing.js';
import { eachLetter, replayLetter, type ToldLetter } from '../src/kafka/dead-letters.js';
import { replayLetters } from '../src/kafka/replay-letters.js';
import { readAll } from '../src/kafka/read-all.js';

const record = (offset: number, value = 'x'): InRecord => ({
  topic: 'ingest.acme.edr',
  partition: 0,
  offset: String(offset),
  timestamp: 5,
  key: null,
  value: Buffer.from(value),
  headers: { ingestoffset: String(offset) },
});

describe('dead letters, read and sent again', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([]);
  });
  afterAll(async () => world?.stop());

  const open = async (wanted = {}): Promise<ToldLetter[]> => {
    const found: ToldLetter[] = [];
    await eachLetter(world.broker, wanted, (letter) => void found.push(letter));
    return found;
  };
  const letters = async (wanted = {}): Promise<DeadLetter[]> => (await open(wanted)).map(({ letter }) => letter);
  const replay = async (told: ToldLetter | undefined) =>
    replayLetter(world.broker, told as ToldLetter, (records) => world.publisher.send(records));
  const sentAgain = async (value: string): Promise<number> =>
    (await readAll(world.broker, ['vigie.collection.retry'])).filter((one) => String(one.value) === value).length;

  it('are named once, however often they were told, with the number they stand for', async () => {
    const [one, other] = [
      deadLetterOf('collection', record(1), 'NOT_JSON', 'no'),
      deadLetterOf('cases', { ...record(2), topic: 'vigie.case.events', key: 'globex/c' }, 'BAD_AVRO', 'no'),
    ];
    await world.publisher.send([
      one,
      other,
      one,
      deadLetterOf('collection', record(3), 'MORE_REJECTED', 'many', { id: 'rest', count: 980 }),
    ]);
    expect((await letters()).map(({ tenant, code, count }) => [tenant, code, count]).sort()).toEqual([
      ['acme', 'MORE_REJECTED', 980],
      ['acme', 'NOT_JSON', 1],
      ['globex', 'BAD_AVRO', 1],
    ]);
    expect((await letters({ tenant: 'globex' })).map(({ service }) => service)).toEqual(['cases']);
    expect((await letters({ id: 'rest' })).map(({ count }) => count)).toEqual([980]);
  });

  it('that stand for records they do not hold send those, from where they lie, or say what is gone', async () => {
    await ensureTopics(world.broker, [{ ...ingestTopicSpec('acme', 'edr'), partitions: 1 }]);
    await world.publisher.send(
      Array.from({ length: 10 }, (_, at) => ({
        topic: 'ingest.acme.edr',
        key: null,
        value: Buffer.from(`line ${at}`),
        headers: {},
      })),
    );
    const ranges = [
      { topic: 'ingest.acme.edr', partition: 0, from: '3', to: '6', count: 4 },
      { topic: 'ingest.acme.gone', partition: 0, from: '1', to: '2', count: 2 },
    ];
    await world.publisher.send([
      deadLetterOf('collection', { ...record(3, ''), headers: {} }, 'TOO_MANY_LETTERS', 'many', {
        id: 'flood',
        count: 6,
        ranges,
      }),
    ]);
    const [flood] = await open({ id: 'flood' });
    const told = await replay(flood);
    expect(told).toEqual({ sent: 4, left: [{ id: 'flood', reason: expect.stringContaining('ingest.acme.gone/0') }] });
    const again = await readAll(world.broker, ['vigie.collection.retry']);
    expect(again.map(({ value, headers }) => [String(value), headers.ingestoffset, headers.ingestindex])).toEqual(
      [3, 4, 5, 6].map((at) => [`line ${at}`, String(at), '0']),
    );
    expect(await letters({ id: 'flood' })).toEqual([]);
  });

  it('that stand for records nobody can unpack say so, and are listed until something of them is sent', async () => {
    const topic = 'ingest.acme.packed';
    await ensureTopics(world.broker, [{ ...ingestTopicSpec('acme', 'packed'), partitions: 1 }]);
    await world.publisher.send([{ topic, key: null, value: Buffer.from('beside'), headers: {} }]);
    await sendPacked(
      world.broker,
      topic,
      'gzip',
      Array.from({ length: 9 }, () => Buffer.alloc(8 * 1024 * 1024, 'x')),
    );
    const letter = (id: string, from: string, count: number) =>
      deadLetterOf('collection', { ...record(1, ''), topic, headers: {} }, 'TOO_LARGE', 'packed', {
        id,
        count,
        ranges: [{ topic, partition: 0, from, to: '9', count }],
      });
    await world.publisher.send([letter('bomb', '1', 9), letter('beside', '0', 10)]);
    const left = (id: string, from: string) => [
      { id, reason: `9 records of ${topic}/0, ${from} to 9, cannot be unpacked` },
    ];
    expect(await replay((await open({ id: 'bomb' }))[0])).toEqual({ sent: 0, left: left('bomb', '1') });
    expect(await replay((await open({ id: 'beside' }))[0])).toEqual({ sent: 1, left: left('beside', '0') });
    expect([await letters({ id: 'bomb' }), await sentAgain('beside')]).toEqual([[expect.anything()], 1]);
  });

  it('are sent once, and listed again, once, only when they fail again', async () => {
    const lost = deadLetterOf('collection', record(20, 'twice'), 'NOT_JSON', 'no', { id: 'twice' });
    const again = async (): Promise<number> => {
      const found = await open({ id: 'twice' });
      for (const one of found) await replay(one);
      return found.length;
    };
    await world.publisher.send([lost, lost]);
    expect(await again()).toBe(1);
    expect([await again(), await sentAgain('twice')]).toEqual([0, 1]);
    await world.publisher.send([{ ...lost, headers: { ...lost.headers, dead_sentence: 'still no' } }]);
    expect((await letters({ id: 'twice' })).map(({ sentence }) => sentence)).toEqual(['still no']);
    expect(await again()).toBe(1);
    expect([await again(), await sentAgain('twice')]).toEqual([0, 2]);
  });

  describe('all that are wanted', () => {
    const lost = (offset: number, value: string) =>
      deadLetterOf('hunting', { ...record(offset, value), key: 'acme/x' }, 'BAD_AVRO', 'no', { id: value });
    const all = (special = {}, send = (records: OutRecord[]) => world.publisher.send(records)) =>
      replayLetters({ broker: world.broker, mongoUrl: world.stack.mongoUrl }, { service: 'hunting', ...special }, send);
    const onRetry = async (): Promise<string[]> =>
      (await readAll(world.broker, ['vigie.hunting.retry'])).map(({ value }) => String(value)).sort();

    it('are sent once when two people send them at once, and when one of them is cut off', async () => {
      await world.publisher.send(['a', 'b', 'c'].map((value, at) => lost(at, value)));
      let [sent, other] = [0, ''];
      const cutOff = async (records: OutRecord[]): Promise<void> => {
        other = await all().then(
          () => 'sent too',
          (error: Error) => error.message,
        );
        if (sent > 0) throw new Error('cut off');
        sent += 1;
        await world.publisher.send(records);
      };
      await expect(all({}, cutOff)).rejects.toThrow('cut off');
      expect(other).toContain('somebody else is sending dead letters again');
      expect(await onRetry()).toHaveLength(1);
      expect(await all()).toEqual({ sent: 2, left: [], failed: 0 });
      expect(await all()).toEqual({ sent: 0, left: [], failed: 0 });
      expect(await onRetry()).toEqual(['a', 'b', 'c']);
    });

    it('are left when they failed again, and listed with how often, until that is asked for', async () => {
      const failing = async (): Promise<void> => {
        const [again] = (await readAll(world.broker, ['vigie.hunting.retry']))
          .filter(({ value }) => String(value) === 'a')
          .slice(-1);
        await world.publisher.send([deadLetterOf('hunting', again as InRecord, 'BAD_AVRO', 'still no')]);
      };
      await failing();
      expect((await open({ id: 'a' })).map(({ failed, letter }) => [failed, letter.sentence])).toEqual([
        [1, 'still no'],
      ]);
      expect(await all()).toEqual({ sent: 0, left: [], failed: 1 });
      expect(await all({ again: true })).toEqual({ sent: 1, left: [], failed: 0 });
      await failing();
      expect((await open({ id: 'a' })).map(({ failed }) => failed)).toEqual([2]);
      expect(await onRetry()).toEqual(['a', 'a', 'b', 'c']);
    });
  });

  it('cannot be called sent by whoever wrote what was lost', async () => {
    const forged = { 'vigie-letter': 'kept', 'vigie-letter-offset': '999999' };
    await world.publisher.send([
      deadLetterOf('collection', record(30, 'kept'), 'NOT_JSON', 'no', { id: 'kept' }),
      deadLetterOf('collection', { ...record(31, 'forged'), headers: forged }, 'NOT_JSON', 'no', { id: 'forged' }),
    ]);
    await replay((await open({ id: 'forged' }))[0]);
    expect(await letters({ id: 'kept' })).toHaveLength(1);
  });
});
