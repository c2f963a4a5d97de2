/**
 * OTLP logs that somebody writes to a topic himself, as the Collector's exporter does (`otlp_proto`, `otlp_json`):
 * it says by no header what it sends, so the bytes say it. They are OTLP when the whole message is, by the reading that
 * OTLP over HTTP has, and a record that is an event stands in it.
 */
import { otlp } from '../listeners/otlp.js';
import { Refusal } from '../listeners/refusal.js';
import type { PieceProblem } from './piece.js';

/** Tag of the only field that a request for logs has. As text it is a line break. */
const RESOURCE_LOGS = 0x0a;
const LONGEST_BEGINNING = 64;
const AS_JSON = /^\s*\{\s*"(?:resourceLogs|resource_logs)"\s*:\s*\[/;

const NO_QUERY = new URLSearchParams();
const NEWLINE = Buffer.from('\n');

const [OPEN, QUOTE, LETTER_R, BLANK, NO_BREAK_SPACE] = [0x7b, 0x22, 0x72, 0x20, 0xa0];

/** Most events begin as no request does: of their beginning no text is made. */
const mayBeJson = (message: Buffer): boolean => {
  const first = message[0] ?? OPEN;
  if (first !== OPEN) return first <= BLANK || first === NO_BREAK_SPACE;
  return message[1] !== QUOTE || message[2] === LETTER_R;
};

const encodingOf = (message: Buffer): string | undefined => {
  if (message[0] === RESOURCE_LOGS && message[1] !== undefined && message[1] !== 0) return 'application/x-protobuf';
  if (!mayBeJson(message)) return undefined;
  return AS_JSON.test(message.toString('latin1', 0, LONGEST_BEGINNING)) ? 'application/json' : undefined;
};

/**
 * The records of a message as lines of `envelope/line.ts`, or why there are too many of them; undefined when it is not
 * OTLP.
 */
export const otlpLinesIn = (message: Buffer): Buffer | PieceProblem | undefined => {
  const contentType = encodingOf(message);
  if (contentType === undefined) return undefined;
  try {
    const { events, rejected } = otlp.read(message, { contentType, query: NO_QUERY });
    if (events.length === (rejected?.count ?? 0)) return undefined;
    return Buffer.concat(events.flatMap((line) => [line, NEWLINE]));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.status === 413 ? { code: error.code, sentence: error.message } : undefined;
  }
};
