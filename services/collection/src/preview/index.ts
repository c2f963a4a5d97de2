/**
 * What the service makes of some bytes: they go through its own listeners and its own normaliser, with neither Kafka
 * nor a tenant. For whoever writes a source, or sets up what sends to one.
 */
import type { SourceKind, TelemetryEvent, TelemetryNormalized } from '#contracts';
import { decode, ingestTopic, toRecord, type OutRecord } from '#libs/events';
import type { Out } from '#libs/service';
import { normaliser } from '../pipes/normaliser.js';
import { arrived, PREVIEWED, type ArrivingBytes, type RefusedBody } from './arrival.js';

export { WAYS_IN, type ArrivingBytes, type RefusedBody, type WayIn } from './arrival.js';

/** A dead letter as the service would write it. */
export interface PreviewedLetter {
  code: string;
  sentence: string;
  bytes: Buffer;
}

/** What became of a piece; as the pieces lie in the message. */
export type PreviewedPiece = { event: TelemetryEvent } | { dead: PreviewedLetter };

interface PlacedPiece {
  offset: number;
  index: number;
  piece: PreviewedPiece;
}

const placed = (event: TelemetryEvent): PlacedPiece => ({
  offset: event.offset,
  index: event.index,
  piece: { event },
});

/** Keeps what the normaliser says instead of sending it. */
const keeping = (receivedAt: number): { out: Out; pieces(): PreviewedPiece[] } => {
  const sent: OutRecord[] = [];
  const dead: PlacedPiece[] = [];
  const out: Out = {
    send: async (records) => void sent.push(...records),
    record: (tenant, message, envelope) =>
      toRecord(
        { source: 'collection', subject: '', time: receivedAt, ...envelope, type: message.type, tenant },
        message,
      ),
    setAside: async ({ offset, headers, value }, code, sentence) =>
      void dead.push({
        offset: Number(offset),
        index: Number(headers.ingestindex),
        piece: { dead: { code, sentence, bytes: value } },
      }),
  };
  const events = (): PlacedPiece[] =>
    sent
      .filter(({ headers }) => headers.ce_type === 'telemetry.normalized')
      .flatMap(({ value }) => decode<TelemetryNormalized>(value).events.map(placed));
  return {
    out,
    pieces: () =>
      [...events(), ...dead].sort((a, b) => a.offset - b.offset || a.index - b.index).map(({ piece }) => piece),
  };
};

/**
 * Events and dead letters of some bytes that a source of a kind sent.
 * @param receivedAt epoch ms; what Kafka's clock would say.
 * @throws Refused, or Fault, when they cannot come that way at all.
 */
export const preview = async (
  arriving: ArrivingBytes,
  { kind, receivedAt }: { kind: SourceKind; receivedAt: number },
): Promise<{ pieces: PreviewedPiece[] } | { refused: RefusedBody }> => {
  const came = await arrived(arriving);
  if ('refused' in came) return came;
  const { tenant, source } = PREVIEWED;
  const { out, pieces } = keeping(receivedAt);
  const sources = [{ name: source, kind, silentAfterMinutes: 60, receipts: false }];
  const tenants = { get: () => ({ sources }), all: () => [] };
  const records = came.records.map((record, at) => ({
    ...record,
    partition: 0,
    offset: String(at),
    timestamp: receivedAt,
  }));
  const batch = { topic: ingestTopic(tenant, source), partition: 0, records, heartbeat: async () => undefined };
  await normaliser(tenants).handle(batch, out);
  return { pieces: pieces() };
};
