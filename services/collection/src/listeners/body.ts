import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from './refusal.js';

const tooLarge = (most: number): Refusal =>
  new Refusal(413, 'BODY_TOO_LARGE', `At most ${most} bytes are taken in one request, unpacked; send several.`);

/**
 * Bytes to reserve for a request: what it announces, or all that it may have when it is packed or does not say.
 * @throws Refusal 413 when it announces too much.
 */
export const announcedBytes = (request: IncomingMessage, most: number): number => {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  if (announced > most) throw tooLarge(most);
  const packed = request.headers['content-encoding'] !== undefined;
  return packed || Number.isNaN(announced) ? most : announced;
};

/**
 * The body of a request, unpacked when it is gzip, held to `most` bytes on the wire and unpacked.
 * @throws Refusal 413, 415, or 400 when the gzip or the connection breaks.
 */
export const bodyOf = async (request: IncomingMessage, most: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of unpacked(request)) {
      bytes += (chunk as Buffer).length;
      if (bytes > most) throw tooLarge(most);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(400, 'BAD_BODY', 'The body broke off or is not valid gzip.');
  }
  return Buffer.concat(chunks);
};

const unpacked = (request: IncomingMessage): Readable => {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return request;
  if (encoding !== 'gzip') throw new Refusal(415, 'UNKNOWN_ENCODING', `Content-Encoding ${encoding} is not known; use gzip or none.`);
  const gunzip = createGunzip();
  request.on('error', (error) => gunzip.destroy(error));
  return request.pipe(gunzip);
};
