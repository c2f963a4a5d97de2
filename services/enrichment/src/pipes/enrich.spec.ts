import type { TelemetryEnriched, TelemetryNormalized } from '#contracts';
import { decode, toRecord, type InRecord, type OutRecord } from '#libs/events';
import { Fault } from '#libs/model';
import type { Out } from '#libs/service';
import { IndicatorIndex } from '../domain/indicator/indicator-index.js';
import { enrichment } from '../enrichment.module.js';
import { enrich } from './enrich.js';

const RETRY = 'vigie.enrichment.retry';
const batch: TelemetryNormalized = { type: 'telemetry.normalized', source: 'edr', kind: 'WINDOWS', events: [] };
const sent = (
  topic: string,
  message: typeof batch | { type: 'telemetry.enriched'; batch: Buffer; context: []; complete: boolean } = batch,
): InRecord => ({
  ...toRecord({ id: '1', type: message.type, source: 'collection', subject: 'edr', time: 1, tenant: 'acme' }, message),
  topic,
  partition: 0,
  offset: '1',
  timestamp: 1,
});

const handled = async (topic: string, ...records: InRecord[]) => handledBy(toRecord, topic, ...records);
const handledBy = async (write: typeof toRecord, topic: string, ...records: InRecord[]) => {
  const seen = { said: [] as OutRecord[], aside: [] as string[] };
  const out: Out = {
    send: async (said) => void seen.said.push(...said),
    record: (tenant, message, envelope) =>
      write({ source: 'enrichment', subject: 'edr', time: 1, ...envelope, type: message.type, tenant }, message),
    setAside: async (_record, code) => void seen.aside.push(code),
  };
  const pipe = enrich({
    settings: { get: () => undefined },
    indicators: new IndicatorIndex(),
    enrichers: [],
    failed: () => undefined,
  });
  expect(enrichment.pipes?.[0]?.from).toContain(topic);
  await pipe.handle({ topic, partition: 0, records, heartbeat: async () => undefined }, out);
  return {
    batches: seen.said.map(({ value }) => decode<TelemetryEnriched>(value).batch),
    ids: seen.said.map(({ headers }) => headers.ce_id),
    aside: seen.aside,
  };
};

describe('the pipe', () => {
  it('takes a batch back that was set aside, as it would have been', async () => {
    const record = sent('vigie.telemetry.normalized');
    const [before, again] = [
      await handled('vigie.telemetry.normalized', record),
      await handled(RETRY, { ...record, topic: RETRY }),
    ];
    expect(again).toEqual({ batches: [record.value], ids: before.ids, aside: [] });
  });

  it('leaves to others whatever else was replayed', async () => {
    const other = sent(RETRY, { type: 'telemetry.enriched', batch: Buffer.alloc(0), context: [], complete: true });
    const broken = { ...sent(RETRY), value: Buffer.from('x') };
    expect(await handled(RETRY, other, broken, sent(RETRY))).toMatchObject({
      batches: [expect.any(Buffer)],
      aside: [],
    });
  });

  it('sets aside what cannot be read and goes on', async () => {
    const topic = 'vigie.telemetry.normalized';
    expect(await handled(topic, { ...sent(topic), value: Buffer.from('x') }, sent(topic))).toMatchObject({
      batches: [expect.any(Buffer)],
      aside: ['NOT_FRAMED'],
    });
  });

  it('sets aside what it fails at and goes on', async () => {
    const topic = 'vigie.telemetry.normalized';
    const of = (id: string): InRecord => ({ ...sent(topic), headers: { ...sent(topic).headers, ce_id: id } });
    const write: typeof toRecord = (envelope, ...rest) => {
      if (envelope.causationId === 'poison') throw new Fault('it does not fit its contract');
      return toRecord(envelope, ...rest);
    };
    expect(await handledBy(write, topic, of('poison'), of('1'))).toMatchObject({
      batches: [expect.any(Buffer)],
      aside: ['PIPE_FAILED'],
    });
  });
});
