import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StandinAnswer } from './vendor.js';

const MAX_BODY_BYTES = 1024 * 1024;

/** JSON or a form, as an object. @throws Error when it is neither, or too large. */
export const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (!text) return {};
  if (request.headers['content-type']?.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
};

export const send = (response: ServerResponse, { status, body, headers = {} }: StandinAnswer): void => {
  if (response.destroyed || response.headersSent) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  response
    .writeHead(status, {
      ...(text ? { 'content-type': 'application/json' } : {}),
      'content-length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
};
