import type { SourceKind, TelemetryEnriched, TelemetryEvent } from '#contracts';
import { encode, toRecord, type InRecord, type OutRecord } from '#libs/events';
import type { Envelope } from '#libs/model';
import { batchesOf } from '../../../../services/collection/src/ingest/batches.js';
import { readMessage } from '../../../../services/collection/src/ingest/message.js';
import { sourceOf } from '../../../../services/collection/src/sources/index.js';
import { linesOf } from '../../../../cli/src/files/index.js';

export const TOPIC = 'vigie.telemetry.enriched';
const LINES_A_MESSAGE = 200;
const [TENANT, SOURCE] = ['acme', 'edr'];

/** Lines to what collection's normaliser makes of them. */
export const eventsOf = async (
  read: AsyncIterable<string> | Iterable<string>,
  kind: SourceKind,
  limit: number,
): Promise<TelemetryEvent[]> => {
  const normaliser = sourceOf(kind);
  const events: TelemetryEvent[] = [];
  let lines: string[] = [];
  const take = (): void => {
    const place = {
      topic: `ingest.${TENANT}.${SOURCE}`,
      partition: 0,
      offset: String(events.length),
      timestamp: Date.UTC(2026, 10, 2),
    };
    if (normaliser && lines.length > 0)
      for (const event of readMessage(Buffer.from(lines.join('\n')), place, normaliser).events) events.push(event);
    lines = [];
  };
  for await (const line of read) {
    if (events.length + lines.length >= limit) break;
    if (lines.push(line) >= LINES_A_MESSAGE) take();
  }
  take();
  return events;
};

/** Events as enrichment passes them on, some hundreds in a message: Avro batches in Avro batches, without context. */
export const enrichedMessages = (kind: SourceKind, events: TelemetryEvent[]): TelemetryEnriched[] =>
  batchesOf(SOURCE, kind, events, 1).map(({ message: batch }) => ({
    type: 'telemetry.enriched',
    batch: encode(batch),
    context: [],
    complete: true,
  }));

/** The record that carries the nth message of a tenant. */
export const recordOf = (tenant: string, message: TelemetryEnriched, index: number): OutRecord => {
  const envelope: Envelope = {
    id: `batch-${index}`,
    type: message.type,
    source: 'enrichment',
    subject: SOURCE,
    time: Date.UTC(2026, 10, 2),
    tenant,
  };
  return toRecord(envelope, message);
};

/** Records of telemetry.enriched as detection fetches them. */
export const enrichedRecords = async (
  path: string,
  kind: SourceKind,
  limit: number,
): Promise<{ records: InRecord[]; natives: Buffer[] }> => {
  const events = await eventsOf(linesOf(path), kind, limit);
  const records = enrichedMessages(kind, events).map(
    (message, index): InRecord => ({
      ...recordOf(TENANT, message, index),
      topic: TOPIC,
      partition: 0,
      offset: String(index),
      timestamp: Date.UTC(2026, 10, 2),
    }),
  );
  return { records, natives: events.map(({ native }) => Buffer.from(native)) };
};
