/** What every exchange with a vendor has in common, whatever it is about. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AnswerTooLarge, EgressRefused, NotSent, type ByteHttp } from '#libs/outbound';
import { answerTooLarge, PullTrouble, type PullAnswer, type PullAsk } from '../../pulls/puller.js';

const WITHIN_MS = 60_000;
/** Of an answer as it comes, and unpacked: CloudTrail's files are of some MiB, VPC's of 75 MiB at most. */
export const MOST_ANSWER_BYTES = 32 * 1024 * 1024;
const MOST_UNPACKED_BYTES = 80 * 1024 * 1024;

const unpack = promisify(gunzip);

const unpacked = async (bytes: Buffer): Promise<Buffer> => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unpack(bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(MOST_UNPACKED_BYTES);
    throw new PullTrouble('BAD_ANSWER', 'the answer of the vendor is packed, and cannot be unpacked');
  }
};

const tooLarge = (most: number): PullTrouble => answerTooLarge(`${most} bytes`);

/** The name that the system has for what happened, such as ECONNREFUSED; never a sentence, which may name an address. */
const nameOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(code) ? ` (${code})` : '';
};

const FORBIDDEN =
  'the address may not be called: it is not https, not of an origin of its secret, or private and not in EGRESS_ALLOW';

const troubleOf = (error: unknown, limit: AbortSignal): PullTrouble => {
  if (error instanceof PullTrouble) return error;
  if (error instanceof AnswerTooLarge) return tooLarge(MOST_ANSWER_BYTES);
  if (error instanceof NotSent && error.cause instanceof EgressRefused)
    return new PullTrouble('FORBIDDEN_ADDRESS', FORBIDDEN);
  if (limit.aborted) return new PullTrouble('NO_ANSWER', `the vendor did not answer within ${WITHIN_MS / 1_000} s`);
  const cause = error instanceof NotSent ? error.cause : error;
  return new PullTrouble('NO_ANSWER', `the vendor cannot be reached${nameOf(cause)}`);
};

/**
 * Asks once. Redirects are not followed.
 * @param signal ends it early. @throws PullTrouble
 */
export const askedOnce = async (
  http: ByteHttp,
  { method = 'GET', url, headers = {}, body }: PullAsk,
  signal: AbortSignal,
): Promise<PullAnswer> => {
  const limit = AbortSignal.timeout(WITHIN_MS);
  try {
    const answer = await http({
      method,
      url: new URL(url),
      headers: { accept: 'application/json', 'user-agent': 'vigie', ...headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([limit, signal]),
    });
    return { status: answer.status, headers: answer.headers, body: await unpacked(answer.bytes) };
  } catch (error) {
    throw troubleOf(error, limit);
  }
};

/** `Retry-After`: seconds or an HTTP date -> epoch ms. */
const retryAfter = (value: string | undefined, now: number): number | undefined => {
  if (!value) return undefined;
  const at = /^\d+$/.test(value) ? now + Number(value) * 1_000 : Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
};

const WORDS: Readonly<Record<number, [code: string, sentence: string]>> = {
  401: ['UNAUTHORIZED', 'the vendor does not take the credential (401)'],
  403: ['FORBIDDEN', 'the vendor does not let the credential read this (403)'],
  404: ['NOT_FOUND', 'the vendor does not know what is asked for (404)'],
  429: ['RATE_LIMITED', 'the vendor takes no more requests for now (429)'],
};

/** What an answer that is not good means. */
export const refusalOf = (answer: PullAnswer, retryAt: number | undefined, now: number): PullTrouble => {
  const { status, headers } = answer;
  const at = retryAfter(headers['retry-after'], now) ?? retryAt;
  const limited = at !== undefined && (status === 429 || status === 403 || status === 503);
  if (limited) return new PullTrouble('RATE_LIMITED', `the vendor takes no more requests for now (${status})`, at);
  if (status >= 300 && status < 400)
    return new PullTrouble('REDIRECTED', `the vendor redirects elsewhere (${status}), which is not followed`);
  const [code, sentence] = WORDS[status] ?? ['REFUSED', `the vendor answered ${status}`];
  return new PullTrouble(status >= 500 ? 'NO_ANSWER' : code, sentence);
};
