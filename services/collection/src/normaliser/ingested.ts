import type { InRecord } from '#libs/events';
import { partsOfTopic, type Place } from './place.js';

/** An ingest message, or a part of one that comes again. */
export interface Ingested {
  record: InRecord;
  tenant: string;
  source: string;
  place: Place;
  value: Buffer;
  /** Index of its first event. */
  firstIndex: number;
}

/** A message as it lies on its ingest topic. */
export const first = (record: InRecord): Ingested[] => {
  const parts = partsOfTopic(record.topic);
  return parts ? [{ record, ...parts, place: record, value: record.value, firstIndex: 0 }] : [];
};

/** Headers by which a dead letter finds back to where it lay. */
export const headersOfPlace = ({ topic, partition, offset, timestamp }: Place, index: number): Record<string, string> => ({
  ingesttopic: topic, ingestpartition: String(partition), ingestoffset: offset, ingesttime: String(timestamp), ingestindex: String(index),
});

const whole = (text: string | undefined): number => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN);

/** A dead letter of the normaliser that comes again: its events get the ids they would have had. Nothing for anything else. */
export const returned = (record: InRecord): Ingested[] => {
  const { ingesttopic: topic = '', ingestpartition, ingestoffset: offset = '', ingesttime, ingestindex } = record.headers;
  const [parts, partition, timestamp, firstIndex] = [partsOfTopic(topic), whole(ingestpartition), whole(ingesttime), whole(ingestindex)];
  if (!parts || [partition, timestamp, firstIndex, whole(offset)].some(Number.isNaN)) return [];
  return [{ record, ...parts, place: { topic, partition, offset, timestamp }, value: record.value, firstIndex }];
};
