import { gunzipSync } from 'node:zlib';

/** Of one packed part: more is none that anybody sends. */
const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;
const [ID_1, ID_2] = [0x1f, 0x8b];

/** Bytes, unpacked where they are gzip; as they are where that breaks off or would be too much, which is then told. */
export const unpacked = (bytes: Buffer): Buffer => {
  if (bytes[0] !== ID_1 || bytes[1] !== ID_2) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch {
    return bytes;
  }
};
