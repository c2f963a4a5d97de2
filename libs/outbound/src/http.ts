import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
import { EgressRefused, type Egress } from './egress.js';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: URL;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  text: string;
}

/** The same with the body as it came. */
export type HttpBytes = Omit<HttpAnswer, 'text'> & { bytes: Buffer };

/** One exchange; redirects are handed back, never followed. Throws NotSent if not a byte of the request left. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;
export type ByteHttp = (request: HttpRequest) => Promise<HttpBytes>;

/** The connection never stood: the other side has seen nothing. */
export class NotSent extends Error {}

/** The answer came, and is larger than is read. */
export class AnswerTooLarge extends Error {}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * The port on node:http(s), one connection a call: a reused one that breaks would leave open what came of it
 * for no reason.
 */
export const createHttp = (egress: Egress): Http => {
  const exchange = createByteHttp(egress, MAX_ANSWER_BYTES);
  return async (request) => {
    const { bytes, ...answer } = await exchange(request);
    return { ...answer, text: bytes.toString('utf8') };
  };
};

/** For answers that are no text, or larger than those of people's vendors: of `mostBytes` at most. */
export const createByteHttp =
  (egress: Egress, mostBytes: number): ByteHttp =>
  async ({ method, url, headers, body, signal }) => {
    const target = guarded(egress, url);
    return new Promise((resolve, reject) => {
      let connected = false;
      const fail = (error: Error) => reject(connected ? error : new NotSent(error.message, { cause: error }));
      const send = target.protocol === 'https:' ? overHttps : overHttp;
      const content = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = send(
        target,
        { method, headers: { ...headers, ...content }, signal, agent: false, lookup: egress.lookup },
        (answer) => {
          read(answer, mostBytes).then(resolve, fail);
        },
      );
      outgoing.on('socket', (socket) =>
        socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          connected = true;
        }),
      );
      outgoing.on('error', fail);
      outgoing.end(body);
    });
  };

const guarded = (egress: Egress, url: URL): URL => {
  try {
    return egress.check(url);
  } catch (error) {
    throw error instanceof EgressRefused ? new NotSent(error.message, { cause: error }) : error;
  }
};

const read = async (answer: IncomingMessage, mostBytes: number): Promise<HttpBytes> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new AnswerTooLarge(`the answer is larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { status: answer.statusCode ?? 0, headers, bytes: Buffer.concat(chunks) };
};
