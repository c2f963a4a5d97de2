import type { TenantPage } from '#contracts';
import type { Envelope, Typed } from '#libs/model';
import { partOfPage } from '#libs/terms';
import { decode, encode, writerOf } from './codec.js';
import { Fault, Unreadable } from './errors.js';
import type { InRecord, OutRecord, ParsedRecord, RequestHeaders } from './port.js';
import { latestOf } from './schemas.js';
import { isContractTopic } from './topics.js';

const iso = (ms: number): string => new Date(ms).toISOString();

const present = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** CloudEvents, binary binding. What is undefined is left out: `cloudevents` itself writes such headers. */
export const headersOf = (
  envelope: Envelope,
  version: number,
  request: RequestHeaders = {},
): Record<string, string> => {
  const { sequence } = envelope;
  return present({
    'content-type': 'application/avro',
    ce_specversion: '1.0',
    ce_id: envelope.id,
    ce_type: envelope.type,
    ce_source: `/vigie/${envelope.source}`,
    ce_subject: envelope.subject,
    ce_time: iso(envelope.time),
    ce_dataschema: `urn:vigie:${envelope.type}:v${version}`,
    ce_tenant: envelope.tenant,
    ce_causationid: envelope.causationId,
    ce_correlationid: envelope.correlationId,
    ce_sequence: sequence && `${sequence.version}.${sequence.index}.${sequence.count}`,
    ce_actor: request.actor,
    ce_expiresat: request.expiresAt === undefined ? undefined : iso(request.expiresAt),
    ce_basedon: request.basedOn?.toString(),
    traceparent: envelope.traceparent,
  });
};

const bad = (sentence: string): Unreadable => new Unreadable('BAD_ENVELOPE', sentence);

const text = (headers: Record<string, string>, name: string): string => {
  const value = headers[name];
  if (!value) throw bad(`the header ${name} is missing`);
  return value;
};

const time = (value: string, name: string): number => {
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw bad(`the header ${name} is no time`);
  return ms;
};

const sequenceOf = (value: string | undefined): Envelope['sequence'] => {
  if (value === undefined) return undefined;
  const match = /^(\d{1,15})\.(\d{1,9})\.(\d{1,9})$/.exec(value);
  if (!match) throw bad('the header ce_sequence is not version.index.count');
  return { version: Number(match[1]), index: Number(match[2]), count: Number(match[3]) };
};

/** @throws Unreadable BAD_ENVELOPE naming the header. */
export const envelopeOf = (headers: Record<string, string>): Envelope => {
  const source = text(headers, 'ce_source');
  if (!source.startsWith('/vigie/')) throw bad('the header ce_source is not /vigie/<service>');
  const sequence = sequenceOf(headers['ce_sequence']);
  const optional = present({
    causationId: headers['ce_causationid'],
    correlationId: headers['ce_correlationid'],
    traceparent: headers['traceparent'],
  });
  return {
    id: text(headers, 'ce_id'),
    type: text(headers, 'ce_type'),
    source: source.slice('/vigie/'.length),
    subject: text(headers, 'ce_subject'),
    time: time(text(headers, 'ce_time'), 'ce_time'),
    tenant: text(headers, 'ce_tenant'),
    ...optional,
    ...(sequence ? { sequence } : {}),
  };
};

const requestOf = (headers: Record<string, string>): RequestHeaders => {
  const { ce_actor: actor, ce_expiresat: expiresAt, ce_basedon: basedOn } = headers;
  if (basedOn !== undefined && !/^\d{1,15}$/.test(basedOn)) throw bad('the header ce_basedon is no version');
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(expiresAt === undefined ? {} : { expiresAt: time(expiresAt, 'ce_expiresat') }),
    ...(basedOn === undefined ? {} : { basedOn: Number(basedOn) }),
  };
};

/**
 * Subjects whose messages stay in one order within a tenant: those with one stream, and findings, whose order decides
 * which case is whose.
 */
const PER_TENANT = new Set(['clustering', 'finding', 'tenant']);
const SHARDED = new Set(['telemetry.normalized', 'telemetry.enriched']);

/**
 * Key of a message: `<tenant>/<id of its subject>`, `<tenant>/<shard>` for telemetry batches, `<tenant>/page/<number>`
 * for a page of its state, else `<tenant>`.
 */
export const keyOf = (tenant: string, message: Typed, shard = 0): string => {
  if (tenant === '' || tenant.includes('/')) throw new Fault(`"${tenant}" cannot be a tenant`);
  if (SHARDED.has(message.type)) return `${tenant}/${shard}`;
  if (message.type === 'tenant.page') return `${tenant}/${partOfPage(message as Typed as TenantPage)}`;
  const subject = message.type.split('.')[0] ?? '';
  const id: unknown = PER_TENANT.has(subject)
    ? undefined
    : (message as unknown as Record<string, unknown>)[`${subject}Id`];
  return typeof id === 'string' && id !== '' ? `${tenant}/${id}` : tenant;
};

/** @returns the tenant a key belongs to: all before the first slash. */
export const tenantOfKey = (key: string | null): string => (key ?? '').split('/')[0] ?? '';

/**
 * The record of a message: topic and schema from its contract, key by keyOf().
 * @param extras headers of a request; `shard` of a telemetry batch (default 0).
 * @throws Fault when the message does not fit its contract or the envelope speaks of another type.
 */
export const toRecord = <Message extends Typed>(
  envelope: Envelope,
  message: Message,
  extras: RequestHeaders & { shard?: number } = {},
): OutRecord => {
  const contract = latestOf(message.type);
  if (!contract) throw new Fault(`${message.type} has no contract`);
  if (envelope.type !== message.type)
    throw new Fault(`the envelope says ${envelope.type}, the message ${message.type}`);
  return {
    topic: contract.topic,
    key: keyOf(envelope.tenant, message, extras.shard),
    value: encode(message),
    headers: headersOf(envelope, contract.version, extras),
  };
};

/** The record of a request with the signature that was made over it. */
export const withActor = (record: OutRecord, actor: string): OutRecord => ({
  ...record,
  headers: { ...record.headers, ce_actor: actor },
});

/** The record of a message that was framed before, its bytes unchanged: the relay's way. */
export const framedRecord = (topic: string, key: string, envelope: Envelope, value: Buffer): OutRecord => ({
  topic,
  key,
  value,
  headers: headersOf(envelope, writerOf(value).version),
});

/**
 * Reads a record of a contract. On a contract's topic only that topic's contracts are accepted; on others (retries,
 * replays) all are.
 * @throws Unreadable, also when `ce_tenant` is not the key's prefix or `ce_type` is not the type of the bytes.
 */
export const fromRecord = <M extends Typed = Typed>(record: InRecord): ParsedRecord<M> => {
  const message = decode<M>(record.value, isContractTopic(record.topic) ? record.topic : undefined);
  const envelope = envelopeOf(record.headers);
  if (envelope.type !== message.type) throw bad(`the envelope says ${envelope.type}, the bytes are ${message.type}`);
  if (tenantOfKey(record.key) !== envelope.tenant)
    throw new Unreadable('WRONG_TENANT', 'the envelope names another tenant than the key');
  const isRequest = latestOf(message.type)?.kind === 'requests';
  return { envelope, message, ...(isRequest ? { request: requestOf(record.headers) } : {}) };
};
