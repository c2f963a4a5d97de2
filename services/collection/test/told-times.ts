/** What is told of an event's time, in a line: when it was, and its flags. */
import type { SourceKind } from '#contracts';
import { readMessage, type WantedPieces } from '../src/ingest/message.js';
import { sourceOf } from '../src/sources/index.js';

export const toldTime = (
  kind: SourceKind,
  message: string | Buffer,
  receivedAt: number,
  wanted: WantedPieces = {},
): string => {
  const source = sourceOf(kind);
  if (!source) throw new Error(kind);
  const place = { topic: 'ingest.acme.x', partition: 0, offset: '1', timestamp: receivedAt };
  const { events, rejected } = readMessage(Buffer.from(message), place, source, wanted);
  expect([events.length, rejected]).toEqual([1, []]);
  const flags = (events[0]?.flags ?? []).filter((flag) => flag !== 'nothing-known');
  const time = new Date(events[0]?.occurredAt ?? 0).toISOString().replace('.000Z', '');
  return [time, ...flags].join(' ');
};

/** A line of an access log. */
export const access = (time: string): string => `192.0.2.7 - - [${time}] "GET /a HTTP/1.1" 200 5`;
