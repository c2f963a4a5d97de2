import { toRecord } from '#libs/events';
import { samplerOf } from './sampling.js';
import { otlpOf, spanExport, type EndedSpan } from './span-export.js';
import { contextIn, onRecord, presentTrace, traceparentOf, type TracedRecord } from './trace-context.js';
import { noTraces, tracesOf, type Traces } from './traces.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;
const record = (traceparent?: string, topic = 'vigie.case.events'): TracedRecord => ({
  topic,
  key: 'acme/c1',
  headers: traceparent === undefined ? {} : { traceparent },
});
const tracing = (sampler = samplerOf('parentbased_always_on', 1)): { traces: Traces; spans: EndedSpan[] } => {
  const spans: EndedSpan[] = [];
  return { spans, traces: tracesOf({ sampler, add: (span) => void spans.push(span), stop: async () => undefined }) };
};

describe('a traceparent', () => {
  it('is read as W3C writes it, of later versions too, and nothing else is', () => {
    expect(contextIn(PARENT)).toEqual({ traceId: TRACE, spanId: 'b7ad6b7169203331', sampled: true });
    expect(contextIn(`01-${TRACE}-b7ad6b7169203331-00-more`)).toMatchObject({ sampled: false });
    for (const bad of [
      undefined,
      '',
      '00-1-2-01',
      `ff-${TRACE}-b7ad6b7169203331-01`,
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `00-${TRACE}-${'0'.repeat(16)}-01`,
      `00-${TRACE.toUpperCase()}-b7ad6b7169203331-01`,
    ])
      expect(contextIn(bad)).toBeUndefined();
    expect(traceparentOf({ traceId: TRACE, spanId: 'b7ad6b7169203331', sampled: true })).toBe(PARENT);
  });
});

describe('samplers', () => {
  it('decide the same for the same trace, by its parent where there is one', () => {
    expect(samplerOf('always_off', 1)(TRACE, true)).toBe(false);
    expect(samplerOf('parentbased_always_off', 1)(TRACE, true)).toBe(true);
    expect(samplerOf('parentbased_always_on', 0)(TRACE, false)).toBe(false);
    expect(samplerOf('parentbased_traceidratio', 0)(TRACE)).toBe(false);
    expect(samplerOf('traceidratio', 1)(TRACE, false)).toBe(true);
    const tenth = samplerOf('traceidratio', 0.1);
    const ids = Array.from(
      { length: 1_000 },
      (_, index) => ((index / 1_000) * 16 ** 8).toString(16).split('.')[0] ?? '',
    );
    expect(ids.filter((id) => tenth(id.padStart(32, '0'))).length / 1_000).toBeCloseTo(0.1, 2);
  });
});

describe('spans', () => {
  it('are below what they came of, and what is said meanwhile below them', async () => {
    const { traces, spans } = tracing();
    const said = await traces.within({ name: 'decide', kind: 'CONSUMER', parent: PARENT }, async () => presentTrace());
    expect(spans).toMatchObject([{ name: 'decide', traceId: TRACE, parentSpanId: 'b7ad6b7169203331' }]);
    expect(said).toBe(`00-${TRACE}-${spans[0]?.spanId}-01`);
    expect(presentTrace()).toBeUndefined();
  });

  it('of a batch are those of records that something came of, each in its own trace', async () => {
    const { traces, spans } = tracing();
    const batch = [record(PARENT), record(), record()];
    await traces.onRecords('detect', batch, async () => {
      for (const [index, one] of batch.entries()) await onRecord(one, () => (index < 2 ? presentTrace() : undefined));
    });
    expect(spans.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
      ['detect', 'b7ad6b7169203331'],
      ['detect', undefined],
    ]);
    expect(spans[0]?.traceId).toBe(TRACE);
    expect(spans[1]?.traceId).not.toBe(TRACE);
    expect(spans[0]?.attributes).toEqual({
      'messaging.system': 'kafka',
      'messaging.destination.name': 'vigie.case.events',
      'vigie.tenant': 'acme',
    });
  });

  it('say what failed, and let it fail', async () => {
    const { traces, spans } = tracing();
    const work = traces.within({ name: 'perform', kind: 'INTERNAL' }, async () => {
      throw new Error('no answer');
    });
    await expect(work).rejects.toThrow('no answer');
    expect(spans).toMatchObject([{ failed: 'no answer' }]);
  });

  it('are as many as the installation wants, whatever a partner asks for', async () => {
    const { traces, spans } = tracing(samplerOf('parentbased_always_off', 0));
    await traces.onRecords('normaliser', [record(PARENT, 'ingest.acme.edr')], async () => presentTrace());
    expect(spans).toEqual([]);
    await traces.onRecords('detect', [record(PARENT)], async () => presentTrace());
    expect(spans).toHaveLength(1);
  });

  it('that are not recorded still carry their trace on', async () => {
    const { traces, spans } = tracing(samplerOf('always_off', 0));
    const said = await traces.within({ name: 'x', kind: 'INTERNAL', parent: PARENT }, async () => presentTrace());
    expect(said).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
    expect(spans).toEqual([]);
  });

  it('are none where nothing is traced: what came in goes on as it is, if it is one', async () => {
    expect(noTraces.begin({ name: 'x', kind: 'INTERNAL', parent: PARENT }).traceparent).toBe(PARENT);
    expect(noTraces.begin({ name: 'x', kind: 'INTERNAL', parent: 'x'.repeat(9_999) }).traceparent).toBeUndefined();
    expect(await noTraces.onRecords('x', [record(PARENT)], async () => presentTrace())).toBeUndefined();
    const envelope = { id: 'i', type: 'case.note-added', source: 's', subject: 'x', time: 1, tenant: 'acme' };
    const note = {
      type: 'case.note-added',
      caseId: 'c',
      noteId: 'n',
      text: 't',
      by: { subject: 'a', side: 'PROVIDER' },
      at: 1,
    };
    expect(toRecord({ ...envelope, traceparent: undefined }, note as never).headers).not.toHaveProperty('traceparent');
  });
});

describe('what takes spans', () => {
  const span: EndedSpan = {
    ...{ traceId: TRACE, spanId: 'b7ad6b7169203331', name: 'decide', kind: 'CONSUMER' },
    ...{ from: 1_000.5, to: 1_001, attributes: { 'vigie.tenant': 'acme' }, failed: 'no' },
  };
  it('gets them in the form of OTLP', () =>
    expect(otlpOf({ 'service.name': 'cases' }, [span])).toEqual({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cases' } }] },
          scopeSpans: [
            {
              scope: { name: 'vigie' },
              spans: [
                {
                  ...{ traceId: TRACE, spanId: 'b7ad6b7169203331', name: 'decide', kind: 5 },
                  ...{ startTimeUnixNano: '1000500000', endTimeUnixNano: '1001000000' },
                  attributes: [{ key: 'vigie.tenant', value: { stringValue: 'acme' } }],
                  status: { code: 2, message: 'no' },
                },
              ],
            },
          ],
        },
      ],
    }));

  it('and while it is away they are given up and counted, told once', async () => {
    const [told, dropped]: [string[], number[]] = [[], []];
    const { add, stop } = spanExport({
      ...{ url: 'http://127.0.0.1:9/v1/traces', headers: {}, resource: {} },
      log: { warn: (_fields: object, text: string) => void told.push(text) } as never,
      dropped: (count) => void dropped.push(count),
    });
    for (let index = 0; index < 3_000; index += 1) add(span);
    await stop();
    expect(dropped.reduce((sum, count) => sum + count, 0)).toBe(3_000);
    expect(told).toHaveLength(1);
  });
});
