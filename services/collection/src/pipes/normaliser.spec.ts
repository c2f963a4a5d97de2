import type { TelemetryNormalized, TelemetryReceived } from '#contracts';
import { deadLetterOf, decode, readDeadLetter, toRecord, type InRecord, type OutRecord } from '#libs/events';
import type { Typed } from '#libs/model';
import type { Out } from '#libs/service';
import { tenantState } from '../../test/tenant-state.js';
import { linux } from '../sources/linux/index.js';
import { okta } from '../sources/okta/index.js';
import { normaliser } from './normaliser.js';

const topic = 'ingest.acme.iam';
const record = (offset: number, ...lines: string[]): InRecord => ({
  topic,
  partition: 0,
  offset: String(offset),
  timestamp: Date.UTC(2026, 10, 2),
  key: null,
  value: Buffer.from(lines.join('\n')),
  headers: {},
});

const handled = async (...records: InRecord[]) => {
  const seen = {
    sent: [] as OutRecord[],
    aside: [] as { code: string; sentence: string; value: string; id?: string }[],
    headers: [] as InRecord['headers'][],
    beats: 0,
    done: [] as string[],
    lost: 0,
  };
  const out: Out = {
    send: async (sent) => void seen.sent.push(...sent),
    record: (tenant, message, envelope) =>
      toRecord({ source: 'collection', subject: 'iam', time: 1, ...envelope, type: message.type, tenant }, message),
    setAside: async ({ value, headers }, code, sentence, about) => {
      seen.aside.push({ code, sentence, value: String(value), id: headers.eventid });
      seen.headers.push(headers);
      seen.lost += about?.count ?? 1;
    },
  };
  const state = tenantState('acme', ['iam', 'OKTA'], ['lin', 'LINUX']);
  await normaliser({ get: () => state, all: () => [state] }).handle(
    {
      topic: records[0]?.topic ?? topic,
      partition: 0,
      records,
      heartbeat: async () => {
        seen.beats += 1;
      },
      done: (offset) => {
        seen.done.push(offset);
      },
    },
    out,
  );
  const said = <M extends Typed>(type: string) =>
    seen.sent.filter(({ headers }) => headers.ce_type === type).map(({ value }) => decode<M>(value));
  const events = said<TelemetryNormalized>('telemetry.normalized').flatMap((batch) => batch.events);
  return {
    ...seen,
    events,
    natives: events.map(({ native }) => String(native)),
    receipts: said<TelemetryReceived>('telemetry.received'),
  };
};

describe('a batch that cannot be unpacked', () => {
  it('is told in a receipt of all its offsets, as dead', async () => {
    const sent: OutRecord[] = [];
    const out: Out = {
      send: async (records) => void sent.push(...records),
      record: (tenant, message, about) =>
        toRecord({ source: 'collection', subject: 'iam', time: 1, ...about, type: message.type, tenant }, message),
      setAside: async () => undefined,
    };
    const unreadable = { code: 'BAD_COMPRESSION', sentence: 'It cannot be unpacked.', count: 9, from: '10' };
    const { unreadable: hear } = normaliser({ get: () => undefined, all: () => [] });
    await hear?.({ ...record(18, 'packed'), unreadable }, out);
    await hear?.({ ...record(18, 'packed'), topic: 'vigie.collection.retry', unreadable }, out);
    expect(sent.map(({ value }) => decode<TelemetryReceived>(value))).toEqual([
      expect.objectContaining({
        source: 'iam',
        fromOffset: 10,
        toOffset: 18,
        messages: 9,
        accepted: 0,
        dead: 9,
        losses: [
          { code: 'BAD_COMPRESSION', sentence: unreadable.sentence, count: 9, examples: [{ offset: 10, index: 0 }] },
        ],
      }),
    ]);
  });
});

describe('the normaliser', () => {
  afterEach(() => jest.restoreAllMocks());

  it('sends what fits the contract when an event does not, and sets that one aside', async () => {
    const { normalise } = okta;
    jest.spyOn(okta, 'normalise').mockImplementation((event, native) => {
      const made = normalise(event, native);
      return event.bad ? { ...made, ocsf: { ...made.ocsf, classUid: Number.NaN } } : made;
    });
    const { natives, receipts, aside } = await handled(
      record(1, '{"a":1}', '{"bad":1}', '{"a":2}'),
      record(2, '{"a":3}'),
    );
    expect(natives).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
    expect(aside).toEqual([
      {
        code: 'NOT_NORMALISED',
        value: '{"bad":1}',
        id: expect.any(String),
        sentence: expect.stringContaining('classUid'),
      },
    ]);
    expect(receipts).toMatchObject([{ messages: 2, accepted: 3, dead: 1 }]);
  });

  it.each<[string, string, InRecord['headers'], string]>([
    [
      'in its envelope',
      topic,
      { 'vigie-enveloped': 'true' },
      '{"by":"hec","host":"web1","said":{"a":1},"event":{"bad":1}}',
    ],
    ['behind its header', 'ingest.acme.lin', {}, '<13>1 2026-11-01T10:00:00Z web1 app 5 - - {"bad":1}'],
    ['as text', 'ingest.acme.lin', {}, 'a bad line'],
  ])('reads again what did not fit the contract, %s, once it does', async (_how, of, how, line) => {
    const [sent, source] = [{ ...record(1, line), topic: of, headers: how }, of === topic ? okta : linux];
    const { normalise } = source;
    const spied = jest.spyOn(source, 'normalise').mockImplementation((event, native) => {
      const made = normalise(event, native);
      return { ...made, ocsf: { ...made.ocsf, classUid: Number.NaN } };
    });
    const { aside, headers } = await handled(sent);
    expect(aside).toMatchObject([{ code: 'NOT_NORMALISED', value: line }]);
    spied.mockRestore();
    const retry = { ...sent, topic: 'vigie.collection.retry', headers: headers[0] ?? {} };
    const [again, first] = [await handled(retry), await handled(sent)];
    expect([again.aside, again.natives]).toEqual([[], first.natives]);
    expect(again.events).toEqual(first.events);
  });

  it('tells what it has after some thousand pieces, and that it is done', async () => {
    const bomb = Array.from({ length: 32_000 }, () => 'x');
    const { receipts, aside, lost, beats, done } = await handled(
      record(1, ...bomb),
      record(2, '{"a":1}'),
      record(3, ...bomb),
      record(4, '{"a":2}'),
    );
    expect(receipts.map(({ fromOffset, toOffset, accepted, dead }) => [fromOffset, toOffset, accepted, dead])).toEqual([
      [1, 1, 0, 32_000],
      [2, 3, 1, 32_000],
      [4, 4, 1, 0],
    ]);
    expect([aside.length, lost]).toEqual([44, 64_000]);
    expect([beats, done]).toEqual([2, ['1', '3']]);
  });

  it('keeps its own headers in a letter, whatever a partner wrote', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`ingest${at}`, 'x']));
    const sent = {
      ...record(1, 'no json'),
      headers: { ...many, ingestoffset: 'mine', ingesttopic: 'ingest.globex.iam' },
    };
    const { headers } = await handled(sent);
    const letter = deadLetterOf('collection', { ...sent, headers: headers[0] ?? {} }, 'X', '');
    const { original } = readDeadLetter({ ...sent, ...letter });
    expect(original.headers).toMatchObject({
      ingesttopic: topic,
      ingestpartition: '0',
      ingestoffset: '1',
      ingesttime: String(sent.timestamp),
      ingestindex: '0',
      ce_tenant: 'acme',
      eventid: expect.any(String),
      'vigie-enveloped': 'false',
    });
  });

  it('sets aside again what comes again and does not say where it lay', async () => {
    const again = { ...record(1, '{"a":1}'), topic: 'vigie.collection.retry', key: 'acme' };
    const { aside, natives } = await handled({ ...again, headers: { ingesttopic: topic } }, again);
    expect([natives, aside]).toMatchObject([[], [{ code: 'BAD_PLACE', value: '{"a":1}' }]]);
  });

  it('names no device in a receipt whose name no machine can have', async () => {
    const lines = ['h'.repeat(256), 'h'.repeat(255)].map((host) => JSON.stringify({ host, message: 'a' }));
    const { events, receipts } = await handled({ ...record(1, ...lines), topic: 'ingest.acme.lin' });
    expect(events.map(({ ocsf }) => ocsf.device?.hostname?.length)).toEqual([256, 255]);
    expect(receipts.map(({ hosts }) => hosts?.map(({ host }) => host.length))).toEqual([[255]]);
  });

  it('lets others have a turn inside one message', async () => {
    let turns = 0;
    let over = false;
    const others = (): void => {
      turns += 1;
      if (!over) setImmediate(others);
    };
    setImmediate(others);
    await handled(record(1, ...Array.from({ length: 10_000 }, () => 'x')));
    over = true;
    expect(turns).toBeGreaterThan(30);
  });

  it('flags what a listener cut', async () => {
    const { sent } = await handled({ ...record(1, '{"a":1}'), headers: { 'vigie-truncated': '1048576' } });
    const [batch] = sent
      .filter(({ headers }) => headers.ce_type === 'telemetry.normalized')
      .map(({ value }) => decode<TelemetryNormalized>(value));
    expect(batch?.events[0]?.flags).toContain('truncated');
  });

  it('lets nothing stop it whose fields are named like what every object has', async () => {
    const lines = ['severity', 'eventType', 'published', 'actor', 'target'].flatMap((field) =>
      ['constructor', 'toString', '__proto__', 'valueOf'].map((value) =>
        JSON.stringify({ [field]: value, [value]: { [value]: value } }),
      ),
    );
    const { natives, aside } = await handled(record(1, ...lines));
    expect(natives).toEqual(lines);
    expect(aside).toEqual([]);
  });
});
