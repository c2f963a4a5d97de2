/** Lines as the service reads them, whichever way they come. */
import { atOnce } from '#libs/service';
import type { BodyFormat } from '../../../../services/collection/src/listeners/body-format.js';
import { hecEvents, hecRaw } from '../../../../services/collection/src/listeners/hec-formats.js';
import { otlp } from '../../../../services/collection/src/listeners/otlp.js';
import { packed } from '../../../../services/collection/src/listeners/packing.js';
import { Refusal } from '../../../../services/collection/src/listeners/refusal.js';
import { withoutMisfits } from '../../../../services/collection/src/ingest/contract-misfits.js';
import {
  readMessage,
  type ReadPieces,
  type RejectedPiece,
} from '../../../../services/collection/src/ingest/message.js';
import { sourceOf } from '../../../../services/collection/src/sources/index.js';
import { readSubmitted } from '../../../../services/collection/src/submitted/read.js';
import type { MutatedParser } from './line-forms.js';

const PLACE = { topic: 'ingest.acme.x', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 3) };

const JSON_BODY = 'application/json';
const DOORS: Readonly<Record<NonNullable<MutatedParser['door']>, { format: BodyFormat; contentType: string }>> = {
  hec: { format: hecEvents, contentType: JSON_BODY },
  'hec-raw': { format: hecRaw, contentType: JSON_BODY },
  'otlp-json': { format: otlp, contentType: JSON_BODY },
  'otlp-protobuf': { format: otlp, contentType: 'application/x-protobuf' },
};

export type ReadLine = Pick<ReadPieces, 'events'> & { rejected: Pick<RejectedPiece, 'code' | 'sentence'>[] };

/** What a door appends of a body, and whether the events stand in envelopes; or what a client that is refused is told. */
const appended = (
  door: NonNullable<MutatedParser['door']>,
  body: Buffer,
): { values: Buffer[]; enveloped: boolean; rejected: ReadLine['rejected'] } => {
  const { format, contentType } = DOORS[door];
  try {
    const { events, enveloped = false } = format.read(body, { contentType, query: new URLSearchParams() });
    return { values: packed(events), enveloped, rejected: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { values: [], enveloped: false, rejected: [{ code: error.code, sentence: error.message }] };
  }
};

/** Pieces of a line, their events, and which of these fit the contract. */
export const readLine = ({ kind, door }: Pick<MutatedParser, 'kind' | 'door'>, line: Buffer): ReadLine => {
  const about = { source: 'x', kind };
  if (kind === 'CONTRACT') return atOnce(withoutMisfits({ ...readSubmitted(line, PLACE), ...about }));
  const source = sourceOf(kind);
  if (!source) throw new Error(`no source of ${kind}`);
  const read = (value: Buffer, wanted = {}): ReadLine =>
    atOnce(withoutMisfits({ ...readMessage(value, PLACE, source, wanted), ...about }));
  if (door === undefined) return read(line);
  const { values, enveloped, rejected } = appended(door, line);
  const all = values.map((value) => read(value, { enveloped }));
  return { events: all.flatMap((one) => one.events), rejected: [...rejected, ...all.flatMap((one) => one.rejected)] };
};
