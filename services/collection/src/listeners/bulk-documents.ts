/** Documents that shippers send to Elasticsearch: each is appended as it is. */
import { whyNotParsed, type PieceProblem } from '../ingest/piece.js';
import { valueOf } from '../sources/json-events.js';
import { isObject } from '../sources/json-values.js';
import { lostLine } from './lost-lines.js';
import { MOST_APPENDED_BYTES } from './packing.js';

/** What a listener appends for a document, or for what is none: then it becomes a dead letter. */
export interface DocumentLine {
  line: Buffer;
  /** It is a line of `envelope/line.ts`. */
  enveloped: boolean;
  problem?: PieceProblem;
}

/** A document that is not taken, to become a dead letter. */
export const rejectedDocument = (document: Buffer, problem: PieceProblem): DocumentLine => ({
  line: lostLine('bulk', document, problem),
  enveloped: true,
  problem,
});

const tooLarge = (document: Buffer): DocumentLine => {
  const sentence = `The document has ${document.length} bytes; at most ${MOST_APPENDED_BYTES} are taken.`;
  return rejectedDocument(document, { code: 'TOO_LARGE', sentence });
};

const NOT_JSON = { code: 'NOT_JSON', sentence: 'The document is not JSON.' };
const NOT_AN_OBJECT = { code: 'NOT_AN_OBJECT', sentence: 'The document is JSON, but not an object.' };

/** What is appended of a document. */
export const documentLine = (document: Buffer): DocumentLine => {
  // Parsed, JSON takes many times its bytes.
  if (document.length > MOST_APPENDED_BYTES) return tooLarge(document);
  const costly = whyNotParsed(document);
  if (costly) return rejectedDocument(document, costly);
  const value = valueOf(document);
  if (value === undefined) return rejectedDocument(document, NOT_JSON);
  if (!isObject(value)) return rejectedDocument(document, NOT_AN_OBJECT);
  return { line: document, enveloped: false };
};
