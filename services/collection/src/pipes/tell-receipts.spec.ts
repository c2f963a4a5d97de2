import type { TelemetryReceived } from '#contracts';
import { toRecord, type InRecord, type OutRecord } from '#libs/events';
import type { Out } from '#libs/service';
import { tenantState } from '../../test/tenant-state.js';
import { receiptOfRange } from '../../test/visibility-samples.js';
import { tellReceipts } from './tell-receipts.js';

const state = tenantState('acme', ['edr', 'WINDOWS'], ['dns', 'DNS']);
const settings = new Map([
  ['acme', { ...state, sources: state.sources.map((one) => ({ ...one, receipts: one.name === 'edr' })) }],
]);

const heard = (message: TelemetryReceived, tenant = 'acme'): InRecord => ({
  ...toRecord(
    { id: `id ${message.fromOffset}`, type: message.type, source: 'collection', subject: 'edr', time: 7, tenant },
    message,
  ),
  partition: 0,
  offset: '0',
  timestamp: 9,
});

const telling = async (records: InRecord[], there = ['receipts.acme.edr']) => {
  const [sent, dead, warned]: [OutRecord[], string[], string[]] = [[], [], []];
  const out = {
    send: async (some: OutRecord[]) => void sent.push(...some),
    setAside: async (_record: InRecord, code: string) => void dead.push(code),
  } as unknown as Out;
  let looks = 0;
  const pipe = tellReceipts({
    settings,
    topics: async () => {
      looks += 1;
      return there;
    },
    clock: { now: () => 0 },
    log: { warn: (_fields, message) => void warned.push(message) },
  });
  const batch = { topic: 'vigie.telemetry.received', partition: 0, heartbeat: async () => undefined };
  await pipe.handle({ ...batch, records }, out);
  await pipe.handle({ ...batch, records }, out);
  return { sent, dead, warned, looks };
};

it('tells the sources that want it, as JSON and under the id of the receipt, also when it comes again', async () => {
  const { sent } = await telling([
    heard(receiptOfRange(0, 9)),
    heard(receiptOfRange(0, 9, { source: 'dns' })),
    heard(receiptOfRange(0, 9), 'globex'),
  ]);
  expect(sent).toHaveLength(2);
  expect(sent[0]).toEqual(sent[1]);
  expect({ ...sent[0], value: JSON.parse(String(sent[0]?.value)) as unknown }).toMatchObject({
    topic: 'receipts.acme.edr',
    key: '0',
    value: {
      id: 'id 0',
      tenant: 'acme',
      source: 'edr',
      fromOffset: 0,
      toOffset: 9,
      receivedAt: '1970-01-01T00:00:00.007Z',
    },
    headers: { id: 'id 0' },
  });
});

it('holds nobody up where the topic is missing, and looks for it once in a while', async () =>
  expect(await telling([heard(receiptOfRange(0, 9)), heard(receiptOfRange(10, 19))], [])).toEqual({
    sent: [],
    dead: [],
    warned: ['receipts are wanted and their topic is missing'],
    looks: 1,
  }));

it('sets aside what is no receipt', async () =>
  expect((await telling([{ ...heard(receiptOfRange(0, 9)), value: Buffer.from('x') }])).dead).toEqual([
    'NOT_FRAMED',
    'NOT_FRAMED',
  ]));
