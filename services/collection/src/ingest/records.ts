import type { InRecord } from '#libs/events';
import { ENVELOPED } from '../envelope/line.js';
import { rangesIn, rangesText, type PieceRange } from './piece-ranges.js';
import type { WantedPieces } from './message.js';
import { partsOfTopic, type IngestPlace } from './topic.js';

/** An ingest message, or a part of one that comes again. */
export interface IngestMessage {
  record: InRecord;
  tenant: string;
  source: string;
  place: IngestPlace;
  value: Buffer;
  wanted: WantedPieces;
}

/** On an ingest message: a listener cut what it holds, for it was too long. */
export const TRUNCATED = 'vigie-truncated';

const howOf = ({ headers }: InRecord): Pick<WantedPieces, 'flags' | 'enveloped'> => ({
  ...(headers[TRUNCATED] === undefined ? {} : { flags: ['truncated'] }),
  ...(headers[ENVELOPED] === undefined ? {} : { enveloped: headers[ENVELOPED] === 'true' }),
});

/** A message as it lies on its ingest topic. */
export const asItLies = (record: InRecord): IngestMessage[] => {
  const parts = partsOfTopic(record.topic);
  return parts ? [{ record, ...parts, place: record, value: record.value, wanted: howOf(record) }] : [];
};

/**
 * Headers by which a dead letter finds back to where it lay: one piece with its index, or pieces of a message that is
 * kept whole.
 */
export const headersOfPlace = (
  { topic, partition, offset, timestamp }: IngestPlace,
  index: number,
  ranges?: PieceRange[],
): Record<string, string> => ({
  ingesttopic: topic,
  ingestpartition: String(partition),
  ingestoffset: offset,
  ingesttime: String(timestamp),
  ingestindex: String(index),
  ...(ranges ? { ingestpieces: rangesText(ranges) } : {}),
});

const whole = (text: string | undefined): number => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN);

const wantedOf = (pieces: string | undefined, firstIndex: number): WantedPieces | undefined => {
  if (pieces === undefined) return { firstIndex };
  const ranges = rangesIn(pieces);
  return ranges && { ranges };
};

/**
 * A dead letter of the normaliser that comes again: its events get the ids they would have had. Nothing for anything
 * else.
 */
export const asDeadLetter = (record: InRecord): IngestMessage[] => {
  const {
    ingesttopic: topic = '',
    ingestpartition,
    ingestoffset: offset = '',
    ingesttime,
    ingestindex,
  } = record.headers;
  const [parts, partition, timestamp, firstIndex] = [
    partsOfTopic(topic),
    whole(ingestpartition),
    whole(ingesttime),
    whole(ingestindex),
  ];
  if (!parts || [partition, timestamp, firstIndex, whole(offset)].some(Number.isNaN)) return [];
  const wanted = wantedOf(record.headers.ingestpieces, firstIndex);
  return wanted
    ? [
        {
          record,
          ...parts,
          place: { topic, partition, offset, timestamp },
          value: record.value,
          wanted: { ...wanted, ...howOf(record) },
        },
      ]
    : [];
};
