import { deadLetterOf, eachReadable, readDeadLetter, toRetry } from './dead-letters.js';
import { Unreadable } from './errors.js';
import { toRecord } from './envelope.js';
import type { Batch, InRecord } from './port.js';
import type { Typed } from '#libs/model';

const fact = { type: 'case.acknowledged', caseId: 'c1', by: { subject: 'ada', side: 'PROVIDER' }, at: 5 } as Typed;
const envelope = { id: 'a', type: fact.type, source: 'cases', subject: 'case/acme/c1', time: 1, tenant: 'acme' };
const good: InRecord = { ...toRecord(envelope, fact), partition: 2, offset: '7', timestamp: 99 };
const batchOf = (...records: InRecord[]): Batch => ({ topic: good.topic, partition: 2, records, heartbeat: () => Promise.resolve() });

describe('a dead letter', () => {
  it('holds the original whole, and says why', () => {
    const record = deadLetterOf('cases', good, 'BAD_AVRO', 'no good');
    expect(record.topic).toBe('vigie.cases.dead-letter');
    const read = readDeadLetter({ ...record, partition: 0, offset: '0', timestamp: 100 });
    expect(read).toEqual({ service: 'cases', code: 'BAD_AVRO', sentence: 'no good', tenant: 'acme', cut: false, original: good });
    expect(toRetry(read)).toEqual({ topic: 'vigie.cases.retry', key: good.key, value: good.value, headers: good.headers });
  });

  it('has the tenant of the topic, on partners\' topics', () => {
    const raw: InRecord = { ...good, topic: 'ingest.umbrella.okta', key: 'acme/forged' };
    expect(deadLetterOf('collection', raw, 'BAD_JSON', '').headers['dead_tenant']).toBe('umbrella');
  });

  it('is cut when it would not fit', () => {
    const record = deadLetterOf('cases', { ...good, value: Buffer.alloc(6_000_000) }, 'TOO_LARGE', '');
    expect(record.value.length).toBeLessThan(5_000_000);
    expect(readDeadLetter({ ...good, ...record }).cut).toBe(true);
  });
});

describe('eachReadable', () => {
  const set: string[] = [];
  const letters = { set: (record: InRecord, code: string) => Promise.resolve(void set.push(`${record.offset} ${code}`)) };
  beforeEach(() => set.splice(0));

  it('passes the readable on and sets the others aside, in order', async () => {
    const heard: string[] = [];
    await eachReadable(batchOf({ ...good, value: Buffer.from('x') }, { ...good, offset: '8' }, { ...good, offset: '9' }), letters, ({ message }, { offset }) => {
      heard.push(`${offset} ${message.type}`);
      if (offset === '9') throw new Unreadable('NO_ACTOR', 'unsigned');
    });
    expect(heard).toEqual(['8 case.acknowledged', '9 case.acknowledged']);
    expect(set).toEqual(['7 NOT_FRAMED', '9 NO_ACTOR']);
  });

  it('lets other errors through', async () => {
    await expect(eachReadable(batchOf(good), letters, () => Promise.reject(new Error('the store is away')))).rejects.toThrow('the store is away');
    expect(set).toEqual([]);
  });
});
