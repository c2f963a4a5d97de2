/**
 * Receipts in, what partners are told of them out: as JSON, on the topic of each source whose receipts are wanted. A
 * receipt that comes again is told again, under the id it has.
 */
import type { TelemetryReceived, TenantState } from '#contracts';
import { fromRecord, receiptsTopic, type InRecord, type OutRecord } from '#libs/events';
import { orSetAside, type Clock, type OpenPipe } from '#libs/service';
import { rangeOf } from '#libs/terms';
import { partnerReceiptOf } from '../domain/partner-receipt.js';

const LOOK_AGAIN_MS = 1_000;

/** What the pipe stands on. */
export interface TellReceiptsPorts {
  settings: { get(tenant: string): Pick<TenantState, 'active' | 'sources'> | undefined };
  /** Topics there are. */
  topics(): Promise<string[]>;
  clock: Clock;
  log: { warn(fields: object, message: string): void };
}

const toldOf = (record: InRecord, settings: TellReceiptsPorts['settings']): OutRecord | undefined => {
  const { envelope, message } = fromRecord<TelemetryReceived>(record);
  const { tenant } = envelope;
  const { source, partition, receivedAt } = message;
  const state = settings.get(tenant);
  if (!state?.active || !state.sources.some(({ name, receipts }) => name === source && receipts)) return undefined;
  const told = partnerReceiptOf({ source, partition }, rangeOf(message, receivedAt ?? envelope.time));
  return {
    topic: receiptsTopic(tenant, source),
    key: String(partition),
    value: Buffer.from(JSON.stringify({ id: envelope.id, tenant, ...told })),
    headers: { id: envelope.id, 'content-type': 'application/json' },
  };
};

/** Which topics there are: one that is missing is looked for again after a while, and holds nobody up meanwhile. */
const knownTopics = ({ topics, clock, log }: TellReceiptsPorts): ((wanted: string) => Promise<boolean>) => {
  let known = new Set<string>();
  const lookedAt = new Map<string, number>();
  return async (wanted) => {
    if (known.has(wanted)) return true;
    if (clock.now() - (lookedAt.get(wanted) ?? -LOOK_AGAIN_MS) < LOOK_AGAIN_MS) return false;
    known = new Set(await topics());
    if (known.has(wanted)) return lookedAt.delete(wanted) || true;
    if (!lookedAt.has(wanted)) log.warn({ topic: wanted }, 'receipts are wanted and their topic is missing');
    lookedAt.set(wanted, clock.now());
    return false;
  };
};

export const tellReceipts = (ports: TellReceiptsPorts): OpenPipe => {
  const isThere = knownTopics(ports);
  return {
    handle: async ({ records }, out) => {
      const told: OutRecord[] = [];
      for (const record of records) {
        const one = await orSetAside(out, record, () => toldOf(record, ports.settings));
        if (one && (await isThere(one.topic))) told.push(one);
      }
      if (told.length > 0) await out.send(told);
    },
  };
};
