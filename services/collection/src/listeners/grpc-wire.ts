/** gRPC on HTTP/2: how long a call may take, how its messages are framed, and how it is told what became of it. */
import type { OutgoingHttpHeaders } from 'node:http2';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { otlpRefused } from './otlp-answers.js';
import { bytesField, numberField } from './protobuf.js';
import { Refusal } from './refusal.js';

const PREFIX_BYTES = 5;
const UNITS_MS: Record<string, number> = { H: HOUR_MS, M: MINUTE_MS, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** What the header grpc-timeout says, in ms; undefined for none. */
export const timeoutIn = (header: string | undefined): number | undefined => {
  const [, digits, unit = ''] = /^(\d{1,8})([HMSmun])$/.exec(header ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS_MS[unit] ?? 0);
};

/** A message as it is sent: not packed. */
export const framed = (message: Buffer): Buffer => {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
};

/** The one message of a call's body. @throws Refusal 400 */
export const messageIn = (body: Buffer): { isPacked: boolean; message: Buffer } => {
  const length = body.length < PREFIX_BYTES ? -1 : body.readUInt32BE(1);
  if (length !== body.length - PREFIX_BYTES || (body[0] ?? 0) > 1)
    throw new Refusal(400, 'BAD_BODY', 'The call holds no single message of gRPC.');
  return { isPacked: body[0] === 1, message: body.subarray(PREFIX_BYTES) };
};

export const GRPC = 'application/grpc';
export const HEAD = { ':status': 200, 'content-type': GRPC, 'grpc-accept-encoding': 'identity,gzip,deflate' };

const INVALID_ARGUMENT = 3;
const UNIMPLEMENTED = 12;
/** A call that came too late. */
export const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** google.protobuf.Any of google.rpc.RetryInfo: without it, OTLP's clients do not repeat RESOURCE_EXHAUSTED. */
const RETRY_AFTER_A_SECOND = Buffer.concat([
  bytesField(1, Buffer.from('type.googleapis.com/google.rpc.RetryInfo')),
  bytesField(2, bytesField(1, numberField(1, 1))),
]);

/** Text as the header grpc-message has it. */
const percentEncoded = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');

/** Headers of an answer without a message. @param status bytes of google.rpc.Status */
export const refusedHead = (code: number, message: string, status?: Buffer): OutgoingHttpHeaders => ({
  ...HEAD,
  'grpc-status': String(code),
  'grpc-message': percentEncoded(message),
  ...(status ? { 'grpc-status-details-bin': status.toString('base64').replace(/=+$/, '') } : {}),
});

const codeOf = ({ code, status }: Refusal): number => {
  if (code === 'UNKNOWN_ENCODING' || code === 'NO_SUCH_PATH') return UNIMPLEMENTED;
  return CODES[status] ?? INVALID_ARGUMENT;
};
const CODES: Record<number, number> = { 401: 16, 403: 7, 408: UNAVAILABLE, 429: RESOURCE_EXHAUSTED, 503: UNAVAILABLE };

/** A refusal in gRPC's words. */
export const grpcRefused = (refusal: Refusal): OutgoingHttpHeaders => {
  const code = codeOf(refusal);
  const message = `${refusal.code}: ${refusal.message}`;
  const status = otlpRefused(refusal, { contentType: 'application/x-protobuf', query: new URLSearchParams() }).body;
  const isRepeated = code === RESOURCE_EXHAUSTED || code === UNAVAILABLE;
  if (!isRepeated || !Buffer.isBuffer(status)) return refusedHead(code, message);
  return refusedHead(code, message, Buffer.concat([status, bytesField(3, RETRY_AFTER_A_SECOND)]));
};
