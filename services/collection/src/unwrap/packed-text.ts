import { gunzipSync } from 'node:zlib';

/** Of one packed part: more is none that anybody sends. */
const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;
const [ID_1, ID_2] = [0x1f, 0x8b];

/** At once: bytes that come in thousands of chunks are copied twice. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Bytes, unpacked where they are gzip; as they are where that breaks off or would be too much, which is then told.
 * `spent`: the bytes that this took to unpack, at most.
 */
export const unpacked = (bytes: Buffer): { bytes: Buffer; spent?: number } => {
  if (bytes[0] !== ID_1 || bytes[1] !== ID_2) return { bytes };
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES, chunkSize: CHUNK_BYTES }) };
  } catch {
    return { bytes, spent: MOST_UNPACKED_BYTES };
  }
};
