import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { isTooSlow } from './pace.js';
import { Refusal } from './refusal.js';
import type { ByteAllotment } from './byte-budget.js';

/** Of one request, unpacked, unless an installation says otherwise. */
export const MOST_BODY_BYTES = 8 * 1024 * 1024;

/** What a packed body may unpack to, for each byte on the wire; logs reach 30. Counts beyond 1 MiB. */
const MOST_RATIO = 250;
const RATIO_FROM_BYTES = 1024 * 1024;

const tooLarge = (most: number): Refusal =>
  new Refusal(413, 'BODY_TOO_LARGE', `At most ${most} bytes are taken in one request, unpacked; send several.`);
export const noRoom = (): Refusal => new Refusal(429, 'BUSY', 'Too much is under way; repeat after a second.');

/** @throws Refusal 413 when a request announces too much; nothing is reserved for what is only announced. */
export const checkAnnounced = (request: IncomingMessage, most: number): void => {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
};

/** A body on its way. */
export interface Arriving {
  /** Unpacked. @throws Refusal 408, 413, 415, 429, or 400 when the packing or the connection breaks. */
  body: Promise<Buffer>;
  /** Ends it when it comes too slowly. @param now on the clock of `from`. */
  sweep(now: number): void;
  /** Ends it. */
  refuse(why: Refusal): void;
}

/** @param said how it is packed. @throws Refusal 415 */
export const unpacker = (stream: Readable, said = 'identity'): Readable => {
  const encoding = said.trim().toLowerCase();
  if (encoding === 'identity') return stream;
  const inflate = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate }[encoding];
  if (!inflate)
    throw new Refusal(
      415,
      'UNKNOWN_ENCODING',
      `Content-Encoding ${encoding.slice(0, 40)} is not known; use gzip, deflate or none.`,
    );
  return stream.pipe(inflate());
};

/** Where a body comes from. */
export interface BodyStream {
  wire: Readable;
  /** Whether all of it has come. */
  isComplete(): boolean;
  /** @throws Refusal */
  unpacked(): Readable;
}

/** What a body may take, and since when it comes, on any clock of ms. */
export interface BodyBounds {
  most: number;
  held: Pick<ByteAllotment, 'take'>;
  from: number;
  /** After so many it is too slow, however steadily it comes. Default: none. */
  longestMs?: number;
}

/** The body of a request of HTTP/1. */
export const requestBody = (request: IncomingMessage): BodyStream => ({
  wire: request,
  isComplete: () => request.complete,
  unpacked: () => unpacker(request, request.headers['content-encoding']),
});

/**
 * Reads a body: room is taken for each chunk as it comes, unpacked; one that unpacks to very much, or comes too slowly,
 * is refused.
 */
export const arriving = (
  { wire: request, isComplete, unpacked }: BodyStream,
  { most, held, from, longestMs = Infinity }: BodyBounds,
): Arriving => {
  let [wire, bytes] = [0, 0];
  let end: (error: Refusal) => void = () => undefined;
  const body = new Promise<Buffer>((resolve, reject) => {
    const stream = unpacked();
    const chunks: Buffer[] = [];
    end = (error) => {
      request.unpipe();
      if (stream !== request) stream.destroy();
      else request.removeListener('data', take);
      chunks.length = 0;
      reject(error);
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > most) return end(tooLarge(most));
      if (stream !== request && bytes > RATIO_FROM_BYTES && bytes > wire * MOST_RATIO)
        return end(new Refusal(413, 'PACKED_TOO_TIGHT', `The body unpacks to more than ${MOST_RATIO} times its size.`));
      if (!held.take(chunk.length)) return end(noRoom());
      chunks.push(chunk);
    };
    const broke = (): void =>
      end(new Refusal(400, 'BAD_BODY', 'The body broke off or is not what Content-Encoding says.'));
    request.on('data', (chunk: Buffer) => {
      wire += chunk.length;
      // What is packed may unpack to nothing: thousands of empty members, which cost and are not counted.
      if (wire > most) end(tooLarge(most));
    });
    request.on('error', broke).on('close', () => {
      if (!isComplete()) broke();
    });
    stream
      .on('data', take)
      .on('error', broke)
      .on('end', () => resolve(Buffer.concat(chunks)));
  });
  return {
    body,
    refuse: (why) => end(why),
    sweep: (now) => {
      if (!isComplete() && (now - from > longestMs || isTooSlow(now - from, wire)))
        end(new Refusal(408, 'TOO_SLOW', 'The body came too slowly; send it again.'));
    },
  };
};
