import type { TelemetryNormalized, TelemetryReceived } from '#contracts';
import { decode, toRecord, type InRecord, type OutRecord } from '#libs/events';
import type { Typed } from '#libs/model';
import type { Out } from '#libs/service';
import { tenantState } from '../../test/tenant-state.js';
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
      seen.lost += about?.count ?? 1;
    },
  };
  const state = tenantState('acme', ['iam', 'OKTA']);
  await normaliser({ get: () => state, all: () => [state] }).handle(
    {
      topic,
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
  return {
    ...seen,
    natives: said<TelemetryNormalized>('telemetry.normalized').flatMap(({ events }) =>
      events.map(({ native }) => String(native)),
    ),
    receipts: said<TelemetryReceived>('telemetry.received'),
  };
};

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
