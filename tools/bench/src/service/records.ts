import type { SourceKind, TelemetryEnriched, TelemetryEvent } from '#contracts';
import { encode, toRecord, type InRecord } from '#libs/events';
import type { Envelope } from '#libs/model';
import { batchesOf } from '../../../../services/collection/src/ingest/batches.js';
import { readMessage } from '../../../../services/collection/src/ingest/message.js';
import { sourceOf } from '../../../../services/collection/src/sources/index.js';
import { linesOf } from '../../../../cli/src/files/index.js';

export const TOPIC = 'vigie.telemetry.enriched';
const LINES_A_MESSAGE = 200;
const [TENANT, SOURCE] = ['acme', 'edr'];

/** Lines to what collection's normaliser makes of them. */
const eventsOf = async (path: string, kind: SourceKind, limit: number): Promise<TelemetryEvent[]> => {
  const source = sourceOf(kind);
  const events: TelemetryEvent[] = [];
  let lines: string[] = [];
  const take = (): void => {
    const place = {
      topic: `ingest.${TENANT}.${SOURCE}`,
      partition: 0,
      offset: String(events.length),
      timestamp: Date.UTC(2026, 10, 2),
    };
    if (source && lines.length > 0)
      for (const event of readMessage(Buffer.from(lines.join('\n')), place, source).events) events.push(event);
    lines = [];
  };
  for await (const line of linesOf(path)) {
    if (events.length + lines.length >= limit) break;
    if (lines.push(line) >= LINES_A_MESSAGE) take();
  }
  take();
  return events;
};

/** Records of telemetry.enriched as detection fetches them: Avro batches of Avro batches, without context. */
export const enrichedRecords = async (
  path: string,
  kind: SourceKind,
  limit: number,
): Promise<{ records: InRecord[]; natives: Buffer[] }> => {
  const events = await eventsOf(path, kind, limit);
  const records = batchesOf(SOURCE, kind, events, 1).map(({ message: batch }, index): InRecord => {
    const message: TelemetryEnriched = {
      type: 'telemetry.enriched',
      batch: encode(batch),
      context: [],
      complete: true,
    };
    const envelope: Envelope = {
      id: `batch-${index}`,
      type: message.type,
      source: 'enrichment',
      subject: SOURCE,
      time: Date.UTC(2026, 10, 2),
      tenant: TENANT,
    };
    return {
      ...toRecord(envelope, message),
      topic: TOPIC,
      partition: 0,
      offset: String(index),
      timestamp: Date.UTC(2026, 10, 2),
    };
  });
  return { records, natives: events.map(({ native }) => Buffer.from(native)) };
};
