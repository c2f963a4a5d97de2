import { createHash } from 'node:crypto';
import { deadLetterOf, eachReadable, noted, readDeadLetter, toRetry } from './dead-letters.js';
import { Unreadable } from './errors.js';
import { toRecord } from './envelope.js';
import type { Batch, InRecord } from './port.js';
import type { Typed } from '#libs/model';

const fact = { type: 'case.acknowledged', caseId: 'c1', by: { subject: 'ada', side: 'PROVIDER' }, at: 5 } as Typed;
const envelope = { id: 'a', type: fact.type, source: 'cases', subject: 'case/acme/c1', time: 1, tenant: 'acme' };
const good: InRecord = { ...toRecord(envelope, fact), partition: 2, offset: '7', timestamp: 99 };
const batchOf = (...records: InRecord[]): Batch => ({
  topic: good.topic,
  partition: 2,
  records,
  heartbeat: () => Promise.resolve(),
});

describe('a dead letter', () => {
  it('holds the original whole, and says why', () => {
    const record = deadLetterOf('cases', good, 'BAD_AVRO', 'no good');
    expect(record.topic).toBe('vigie.cases.dead-letter');
    const read = readDeadLetter({ ...record, partition: 0, offset: '0', timestamp: 100 });
    expect(read).toEqual({
      service: 'cases',
      code: 'BAD_AVRO',
      sentence: 'no good',
      tenant: 'acme',
      id: expect.any(String),
      count: 1,
      cut: false,
      original: good,
    });
    expect(toRetry(read)).toEqual({
      topic: 'vigie.cases.retry',
      key: good.key,
      value: good.value,
      headers: good.headers,
    });
  });

  it("has the tenant of the topic, on partners' topics", () => {
    const raw: InRecord = { ...good, topic: 'ingest.umbrella.okta', key: 'acme/forged' };
    expect(deadLetterOf('collection', raw, 'BAD_JSON', '').headers['dead_tenant']).toBe('umbrella');
  });

  it('goes to the partition of its tenant, also when the record had no key', () => {
    const raw: InRecord = { ...good, topic: 'ingest.umbrella.okta', key: null };
    expect(
      [good, { ...good, key: 'acme/other' }, raw].map((record) => deadLetterOf('cases', record, 'X', '').key),
    ).toEqual(['acme/letters', 'acme/letters', 'umbrella/letters']);
    expect(deadLetterOf('cases', { ...good, key: `${'x'.repeat(5_000)}/a` }, 'X', '').key).toBe('_/letters');
    expect(readDeadLetter({ ...good, ...deadLetterOf('cases', raw, 'X', '') }).original.key).toBeNull();
  });

  it('has the same id when the record comes again, and that of its part when it has one', () => {
    const idOf = (record: InRecord, about = {}) =>
      readDeadLetter({ ...good, ...deadLetterOf('cases', record, 'X', '', about) }).id;
    expect(idOf(good)).toBe(idOf({ ...good, value: Buffer.from('again') }));
    expect(idOf({ ...good, offset: '8' })).not.toBe(idOf(good));
    expect(idOf(good, { id: 'part 3' })).toBe('part 3');
  });

  it('keeps its id when what was sent again fails again; of a record that is not sent again nobody says which it is', () => {
    const idOf = (record: InRecord): string =>
      readDeadLetter({ ...good, ...deadLetterOf('cases', record, 'X', '') }).id;
    const again = (isLast: boolean, topic = 'vigie.cases.retry'): InRecord => ({
      ...good,
      ...noted({ ...good, topic }, { id: 'first', toldAt: '3' }, isLast),
      topic,
    });
    expect([again(false), again(true), again(false, good.topic)].map((one) => idOf(one) === 'first')).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('keeps as many headers as it has room for, our own first', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`a${at}`, 'x'.repeat(1_000)]));
    const { headers } = deadLetterOf(
      'cases',
      { ...good, headers: { ...many, ...good.headers } },
      'X',
      'y'.repeat(10_000),
    );
    expect(Object.entries(headers).reduce((sum, [name, text]) => sum + name.length + text.length, 0)).toBeLessThan(
      80_000,
    );
    expect(headers).toMatchObject({ 'original.ce_id': 'a', dead_headers_cut: 'true' });
  });

  it('stands for others, whose places it names', () => {
    const ranges = [{ topic: 'ingest.acme.edr', partition: 0, from: '7', to: '90', count: 12 }];
    expect(readDeadLetter({ ...good, ...deadLetterOf('cases', good, 'X', '', { count: 12, ranges }) })).toMatchObject({
      count: 12,
      ranges,
    });
  });

  it('is cut when it would not fit', () => {
    const value = Buffer.alloc(6_000_000);
    const record = deadLetterOf('cases', { ...good, value }, 'TOO_LARGE', 'x'.repeat(3_000));
    expect(record.value.length).toBeLessThan(5_000_000);
    expect(readDeadLetter({ ...good, ...record }).cut).toBe(true);
    const dead_sha256 = createHash('sha256').update(value).digest('hex');
    expect(record.headers).toMatchObject({ dead_bytes: '6000000', dead_sha256 });
    expect(record.headers?.dead_sentence).toMatch(
      new RegExp(
        `^x{1000}.* Of its 6000000 bytes \\(SHA-256 ${dead_sha256}\\) the first ${record.value.length} are kept\\.$`,
      ),
    );
    expect(record.headers?.dead_sentence).toHaveLength(2_000);
  });

  it('of what a message may hold is whole', () => {
    const value = Buffer.alloc(4 * 1024 * 1024, 'x');
    const letter = readDeadLetter({ ...good, ...deadLetterOf('cases', { ...good, value }, 'TOO_LARGE', '') });
    expect([letter.cut, letter.original.value.equals(value)]).toEqual([false, true]);
  });
});

describe('eachReadable', () => {
  const set: string[] = [];
  const letters = {
    set: (record: InRecord, code: string) => Promise.resolve(void set.push(`${record.offset} ${code}`)),
  };
  beforeEach(() => set.splice(0));

  it('passes the readable on and sets the others aside, in order', async () => {
    const heard: string[] = [];
    await eachReadable(
      batchOf({ ...good, value: Buffer.from('x') }, { ...good, offset: '8' }, { ...good, offset: '9' }),
      letters,
      ({ message }, { offset }) => {
        heard.push(`${offset} ${message.type}`);
        if (offset === '9') throw new Unreadable('NO_ACTOR', 'unsigned');
      },
    );
    expect(heard).toEqual(['8 case.acknowledged', '9 case.acknowledged']);
    expect(set).toEqual(['7 NOT_FRAMED', '9 NO_ACTOR']);
  });

  it('lets other errors through', async () => {
    await expect(
      eachReadable(batchOf(good), letters, () => Promise.reject(new Error('the store is away'))),
    ).rejects.toThrow('the store is away');
    expect(set).toEqual([]);
  });
});
