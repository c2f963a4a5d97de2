import type { TelemetryNormalized, TelemetryReceived } from '#contracts';
import { decode, toRecord, type InRecord, type OutRecord } from '#libs/events';
import type { Typed } from '#libs/model';
import type { Out } from '#libs/service';
import { tenantState } from '../../test/tenant-state.js';
import { okta } from '../sources/okta/index.js';
import { normaliser } from './index.js';

const topic = 'ingest.acme.iam';
const record = (offset: number, ...lines: string[]): InRecord =>
  ({ topic, partition: 0, offset: String(offset), timestamp: Date.UTC(2026, 10, 2), key: null, value: Buffer.from(lines.join('\n')), headers: {} });

const handled = async (...records: InRecord[]) => {
  const seen = { sent: [] as OutRecord[], aside: [] as { code: string; sentence: string; value: string; id?: string }[] };
  const out: Out = {
    send: async (sent) => void seen.sent.push(...sent),
    record: (tenant, message, envelope) =>
      toRecord({ source: 'collection', subject: 'iam', time: 1, ...envelope, type: message.type, tenant }, message),
    setAside: async ({ value, headers }, code, sentence) => void seen.aside.push({ code, sentence, value: String(value), id: headers.eventid }),
  };
  const state = tenantState('acme', ['iam', 'OKTA']);
  await normaliser({ get: () => state, all: () => [state] }).handle({ topic, partition: 0, records, heartbeat: async () => undefined }, out);
  const said = <M extends Typed>(type: string) => seen.sent.filter(({ headers }) => headers.ce_type === type).map(({ value }) => decode<M>(value));
  return {
    ...seen,
    natives: said<TelemetryNormalized>('telemetry.normalized').flatMap(({ events }) => events.map(({ native }) => String(native))),
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
    const { natives, receipts, aside } = await handled(record(1, '{"a":1}', '{"bad":1}', '{"a":2}'), record(2, '{"a":3}'));
    expect(natives).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
    expect(aside).toEqual([{ code: 'NOT_NORMALISED', value: '{"bad":1}', id: expect.any(String), sentence: expect.stringContaining('classUid') }]);
    expect(receipts).toMatchObject([{ messages: 2, accepted: 3, dead: 1 }]);
  });

  it('lets nothing stop it whose fields are named like what every object has', async () => {
    const lines = ['severity', 'eventType', 'published', 'actor', 'target'].flatMap((field) =>
      ['constructor', 'toString', '__proto__', 'valueOf'].map((value) => JSON.stringify({ [field]: value, [value]: { [value]: value } })));
    const { natives, aside } = await handled(record(1, ...lines));
    expect(natives).toEqual(lines);
    expect(aside).toEqual([]);
  });
});
