import type { ToldRange, ToldReceipts } from '#libs/terms';
import { partnerReceiptOf, type PartnerReceipt } from './partner-receipt.js';

/** How far somebody has read, by partition: up to which offset of the ranges of which time. */
export type ReceiptCursor = ReadonlyMap<number, { at: number; toOffset: number }>;

/** Of an ingest topic; their numbers are below it. */
const PARTITIONS = 256;
const PLACE = /^(\d{1,3}):(\d{1,15}):(\d{1,15})$/;

/** A cursor as text, `partition:time:offset` by `.`; empty before anything was read. */
export const cursorText = (cursor: ReceiptCursor): string =>
  [...cursor]
    .sort(([a], [b]) => a - b)
    .map(([partition, { at, toOffset }]) => `${partition}:${at}:${toOffset}`)
    .join('.');

/** @returns undefined for what is no cursor. */
export const readCursor = (text: string): ReceiptCursor | undefined => {
  const places = text === '' ? [] : text.split('.', PARTITIONS + 1).map((place) => PLACE.exec(place));
  if (places.length > PARTITIONS || places.some((place) => place === null || Number(place[1]) >= PARTITIONS))
    return undefined;
  return new Map(
    places.flatMap((place) =>
      place ? [[Number(place[1]), { at: Number(place[2]), toOffset: Number(place[3]) }]] : [],
    ),
  );
};

/** A range that has grown since it was read is told again. */
const isAfter = (cursor: ReceiptCursor, partition: number, { at, toOffset }: ToldRange): boolean => {
  const read = cursor.get(partition);
  return !read || at > read.at || (at === read.at && toOffset > read.toOffset);
};

/** A page of what partners are told. `cursor` is for the next one. */
export interface ReceiptPage {
  receipts: PartnerReceipt[];
  cursor: string;
  /** Whether there was more when it was asked. */
  more: boolean;
}

/** The ranges behind a cursor, in the order of their times. */
export const pageOf = (stretches: readonly ToldReceipts[], cursor: ReceiptCursor, limit: number): ReceiptPage => {
  const ranges = stretches
    .flatMap((stretch) => stretch.ranges.map((range) => ({ stretch, range })))
    .filter(({ stretch, range }) => isAfter(cursor, stretch.partition, range))
    .sort((a, b) => a.range.at - b.range.at || a.stretch.partition - b.stretch.partition);
  const told = ranges.slice(0, limit);
  const next = new Map(cursor);
  for (const { stretch, range } of told) next.set(stretch.partition, { at: range.at, toOffset: range.toOffset });
  return {
    receipts: told.map(({ stretch, range }) => partnerReceiptOf(stretch, range)),
    cursor: cursorText(next),
    more: ranges.length > told.length,
  };
};
