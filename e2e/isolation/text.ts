import { gunzipSync, inflateSync } from 'node:zlib';
import { decode } from '#libs/events';
import { pdfText } from './pdf-text.js';

const MOST_DEPTH = 6;
const CODED = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const MOST_UNPACKED = 64 * 1_024 * 1_024;

const quietly = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** Base64 in a text, of both alphabets, decoded: ids of nodes, cursors, parts of messages. */
const decodedIn = (text: string): string =>
  (text.match(CODED) ?? []).map((one) => Buffer.from(one, 'base64').toString('latin1')).join('\n');

const ofBytes = (bytes: Buffer, depth: number): string => {
  const parts = [bytes.toString('utf8')];
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') parts.push(pdfText(bytes));
  const message = bytes[0] === 0 ? quietly(() => decode(bytes)) : undefined;
  if (message) parts.push(gathered(message, depth + 1));
  const unpacked = quietly(() =>
    (bytes[0] === 0x1f ? gunzipSync : inflateSync)(bytes, { maxOutputLength: MOST_UNPACKED }),
  );
  if (unpacked) parts.push(ofBytes(unpacked, depth + 1));
  return parts.join('\n');
};

const gathered = (value: unknown, depth: number): string => {
  if (depth > MOST_DEPTH || value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return ofBytes(Buffer.from(value), depth);
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name} ${gathered(one, depth + 1)}`)
    .join('\n');
};

/** All text in a value, in lower case: in strings, bytes, Avro, packed bytes, PDF and base64. */
export const textOf = (value: unknown): string => {
  const text = gathered(value, 0);
  return `${text}\n${decodedIn(text)}`.toLowerCase();
};
