/**
 * What a vendor's log is to whoever pulls it: pure steps, each one question and what its answer holds. To add one:
 * docs/adding/pull.md.
 */
import { createHash } from 'node:crypto';
import type { PullSettings } from '#contracts';
import { isUrl } from '#libs/terms';
import { valueOf } from '../sources/json-events.js';
import { arrayUnder, elements, isValueStart, skipBlank } from '../sources/json-scan.js';

/** From where is pulled, and from when on (epoch ms). */
export interface PullPlace {
  settings: PullSettings;
  since: number;
}

/** What is asked next. The address is absolute, or of the base address's origin. */
export interface PullAsk {
  method?: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Names of headers in lower case; a body that was packed is unpacked. */
export interface PullAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What a step brought. */
export interface PullPage<Cursor> {
  /** As the vendor wrote them: JSON, one each, or lines. */
  events: Iterable<Buffer>;
  /** They are lines of `envelope/line.ts`. */
  enveloped?: boolean;
  /** Where to go on once they are appended. */
  cursor: Cursor;
  /** Whether the vendor has more at once; else there is a pause. */
  more: boolean;
  /** Time of the latest event, epoch ms. */
  reachedAt: number | null;
}

/** How a secret becomes what lets in. */
export type PullCredential = 'ssws' | 'bearer' | 'entra' | 'google' | 'aws';

/** A log of a vendor. A cursor is JSON, 64 KiB at most, and no secret. */
export interface Puller<Cursor = unknown> {
  /** Its name among PULLS of libs/terms. */
  vendor: string;
  /** null: it is read from a folder of the installation, and nobody is asked. */
  credential: PullCredential | null;
  /** Between two looks once everything was read. */
  everyMs: number;
  first(place: PullPlace, now: number): Cursor;
  /** @returns undefined where there is nothing to ask before the next look. */
  ask(place: PullPlace, cursor: Cursor, now: number): PullAsk | undefined;
  /** Of a good answer. @throws PullTrouble when it is not of the published form. */
  read(place: PullPlace, cursor: Cursor, answer: PullAnswer, now: number): PullPage<Cursor>;
  /** Of another answer: how to go on all the same, such as after a cursor that expired. */
  around?(place: PullPlace, cursor: Cursor, answer: PullAnswer, now: number): PullPage<Cursor> | undefined;
  /** What is too large, or never of the published form, is left out, with a line for its dead letter; undefined where it cannot be. */
  leaveOut?(place: PullPlace, cursor: Cursor, why: PullTrouble): PullPage<Cursor> | undefined;
  /** When the vendor takes the next request, where it says so in a way of its own (epoch ms). */
  retryAt?(answer: PullAnswer, now: number): number | undefined;
}

/** Why nothing can be pulled now; the sentence is ours and repeats nothing of the vendor. */
export class PullTrouble extends Error {
  constructor(
    readonly code: string,
    sentence: string,
    readonly retryAt?: number,
  ) {
    super(sentence);
  }
}

/** An address below the base address. */
export const under = ({ baseUrl }: PullSettings, path: string, query: Record<string, string> = {}): string => {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};

/** Of a `Link` header: where the relation leads, without its origin. */
export const linkOf = (header: string | undefined, relation: string): string | undefined => {
  for (const [, target = '', rest = ''] of (header ?? '').matchAll(/<([^>]{1,8000})>([^<]*)/g))
    if (new RegExp(`rel="?${relation}"?`).test(rest) && isUrl(target)) return localPart(target);
  return undefined;
};

/** Path and query of an address: what is kept of a link, so that it leads nowhere else. */
export const localPart = (address: string): string => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};

/** Of an answer whose events are cut out of JSON. */
const [MOST_JSON_BYTES, MOST_ELEMENTS] = [32 * 1024 * 1024, 100_000];

/** The elements of a JSON array, or of the one under a key of an object, byte by byte. @throws PullTrouble */
export const eventsOf = (body: Buffer, key?: string): Buffer[] => {
  const from = key === undefined ? skipBlank(body, 0) : arrayUnder(body, key);
  if (from < 0 || !isValueStart(body[from])) throw notPublished();
  if (body.length > MOST_JSON_BYTES) throw answerTooLarge(`${MOST_JSON_BYTES} bytes of JSON`);
  const found = elements(body, from, MOST_ELEMENTS + 1);
  if (found.length > MOST_ELEMENTS) throw answerTooLarge(`${MOST_ELEMENTS} events`);
  return found;
};

export const answerTooLarge = (most: string): PullTrouble =>
  new PullTrouble('ANSWER_TOO_LARGE', `the answer of the vendor is larger than ${most}`);

export const notPublished = (): PullTrouble =>
  new PullTrouble('BAD_ANSWER', 'the answer of the vendor is not of the published form');

/** What JSON says. @throws PullTrouble */
export const jsonOf = (body: Buffer): Record<string, unknown> => {
  // Why not is not told: the parser's error would quote the answer.
  const value: unknown = valueOf(body);
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw notPublished();
};

/** The latest of the times under a key of events, epoch ms. No more than one is held as it parses. */
export const latestOf = (events: readonly Buffer[], key: string): number | null =>
  events.reduce<number | null>((latest, event) => {
    const at = Date.parse(String(jsonOf(event)[key]));
    return Number.isNaN(at) ? latest : Math.max(latest ?? at, at);
  }, null);

/** 66 bits that stand for an id in a cursor. */
export const shortId = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 11);

/** A heading's names are short, and so are lines; whatever is not stays as it came. */
const [MOST_NAME, MOST_LINE_BYTES] = [64, 64 * 1024];
const NEWLINE = 0x0a;

/** What stands between line breaks. */
export const linesIn = function* (text: Buffer): Generator<Buffer> {
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf(NEWLINE, from);
    const end = next === -1 ? text.length : next;
    yield text.subarray(from, end);
    from = end + 1;
  }
};

const columnsOf = (line: Buffer): string[] => line.toString('utf8').trim().split(/\s+/);

/**
 * Lines under a heading, in columns with blanks between, one by one: objects under its names. Each may be far larger
 * than its line, for it says all the names again.
 */
export const headedLines = function* (text: Buffer): Generator<Record<string, string> | Buffer> {
  const lines = linesIn(text);
  const heading = lines.next().value as Buffer | undefined;
  const names = heading && heading.length <= MOST_LINE_BYTES ? columnsOf(heading) : [];
  const nameOf = (index: number): string => {
    const name = names[index] ?? '';
    return name === '' || name.length > MOST_NAME ? `column${index}` : name;
  };
  for (const line of lines) {
    if (line.length > MOST_LINE_BYTES) yield line;
    else if (!isBlank(line)) yield Object.fromEntries(columnsOf(line).map((column, index) => [nameOf(index), column]));
  }
};

const isBlank = (line: Buffer): boolean => line.toString('latin1').trim() === '';
