import { gunzipSync } from 'node:zlib';

/** Of one packed part: more is none that anybody sends. */
const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;
const [ID_1, ID_2] = [0x1f, 0x8b];

/** At once: bytes that come in thousands of chunks are copied twice, and room for what does not come costs as much. */
const [LEAST_CHUNK, LARGEST_CHUNK, USUAL_RATIO] = [1_024, 256 * 1024, 16];
/** Of deflate: what breaks off unpacked to no more before. */
const LARGEST_RATIO = 1_032;
/** To unpack anything costs as much as so many bytes. */
const LEAST_SPENT = 2_048;

/**
 * Bytes, unpacked where they are gzip; as they are where that breaks off or would be too much, which is then told.
 * `spent`: the bytes that this took, at least those that there are.
 */
export const unpacked = (bytes: Buffer): { bytes: Buffer; spent: number } => {
  if (bytes[0] !== ID_1 || bytes[1] !== ID_2) return { bytes, spent: bytes.length };
  const chunkSize = Math.min(LARGEST_CHUNK, Math.max(LEAST_CHUNK, USUAL_RATIO * bytes.length));
  try {
    const found = gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES, chunkSize });
    return { bytes: found, spent: Math.max(LEAST_SPENT, bytes.length, found.length) };
  } catch {
    return { bytes, spent: Math.min(MOST_UNPACKED_BYTES, LARGEST_RATIO * bytes.length) };
  }
};
