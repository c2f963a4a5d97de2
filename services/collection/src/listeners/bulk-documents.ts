/** Documents that shippers send to Elasticsearch: each is appended as it is. */
import { whyNotParsed } from '../ingest/piece.js';
import { valueOf } from '../sources/json-events.js';
import { isObject } from '../sources/json-values.js';
import { lostLine } from './lost-lines.js';
import { MOST_APPENDED_BYTES } from './packing.js';

/** What a listener appends for a document, or for what is none: then it becomes a dead letter. */
export interface DocumentLine {
  line: Buffer;
  /** It is a line of `envelope/line.ts`. */
  enveloped: boolean;
  problem?: { code: string; sentence: string };
}

/** A document that is not taken, to become a dead letter. */
export const rejectedDocument = (document: Buffer, code: string, sentence: string): DocumentLine => ({
  line: lostLine('bulk', document, { code, sentence }),
  enveloped: true,
  problem: { code, sentence },
});

const tooLarge = (document: Buffer): DocumentLine => {
  const sentence = `The document has ${document.length} bytes; at most ${MOST_APPENDED_BYTES} are taken.`;
  return rejectedDocument(document, 'TOO_LARGE', sentence);
};

/** What is appended of a document. */
export const documentLine = (document: Buffer): DocumentLine => {
  // Parsed, JSON takes many times its bytes.
  if (document.length > MOST_APPENDED_BYTES) return tooLarge(document);
  const costly = whyNotParsed(document);
  if (costly) return rejectedDocument(document, costly.code, costly.sentence);
  const value = valueOf(document);
  if (value === undefined) return rejectedDocument(document, 'NOT_JSON', 'The document is not JSON.');
  if (!isObject(value)) return rejectedDocument(document, 'NOT_AN_OBJECT', 'The document is JSON, but not an object.');
  return { line: document, enveloped: false };
};
