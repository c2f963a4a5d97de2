/** What OTLP's clients expect to hear: in the encoding that they sent, and only 429, 502, 503 and 504 are repeated. */
import type { BodyFacts, BodyFormat, DoorAnswer } from './body-format.js';
import { bytesField, numberField } from './protobuf.js';

/** Whether a body says that it is Protocol Buffers; JSON unless said. */
export const isProtobuf = ({ contentType }: Pick<BodyFacts, 'contentType'>): boolean => /protobuf/i.test(contentType);
const PROTOBUF = 'application/x-protobuf';

/** ExportLogsServiceResponse. */
export const otlpTaken: BodyFormat['taken'] = ({ rejected }, facts): DoorAnswer => {
  if (!rejected)
    return isProtobuf(facts) ? { status: 200, body: Buffer.alloc(0), type: PROTOBUF } : { status: 200, body: {} };
  const { count, sentence } = rejected;
  if (!isProtobuf(facts))
    return { status: 200, body: { partialSuccess: { rejectedLogRecords: String(count), errorMessage: sentence } } };
  const partial = Buffer.concat([numberField(1, count), bytesField(2, Buffer.from(sentence))]);
  return { status: 200, body: bytesField(1, partial), type: PROTOBUF };
};

/** google.rpc.Code for a status of HTTP. */
const CODES: Record<number, number> = { 400: 3, 401: 16, 403: 7, 404: 5, 405: 12, 413: 3, 415: 3, 429: 8, 503: 14 };

/** google.rpc.Status. */
export const otlpRefused: BodyFormat['refused'] = (refusal, facts): DoorAnswer => {
  const status = refusal.status === 408 ? 503 : refusal.status;
  const code = CODES[status] ?? 2;
  const message = `${refusal.code}: ${refusal.message}`;
  if (!isProtobuf(facts)) return { status, body: { code, message } };
  return {
    status,
    body: Buffer.concat([numberField(1, code), bytesField(2, Buffer.from(message))]),
    type: PROTOBUF,
  };
};
