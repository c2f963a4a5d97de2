/** The messages of OTLP's logs, by the field numbers of opentelemetry-proto. */
import type { FieldType, MessageType } from './protobuf.js';

type FieldRow = [number: number, name: string, type: () => FieldType, many?: 'many'];

const message = (...rows: FieldRow[]): MessageType => ({
  fields: new Map(rows.map(([number, name, type, many]) => [number, { name, type, ...(many ? { many: true } : {}) }])),
});
const of = (type: FieldType) => (): FieldType => type;

const anyValue: MessageType = message(
  [1, 'stringValue', of('text')],
  [2, 'boolValue', of('bool')],
  [3, 'intValue', of('int64')],
  [4, 'doubleValue', of('double')],
  [5, 'arrayValue', () => arrayValue],
  [6, 'kvlistValue', () => keyValueList],
  [7, 'bytesValue', of('base64')],
);
const arrayValue = message([1, 'values', of(anyValue), 'many']);
const keyValue = message([1, 'key', of('text')], [2, 'value', of(anyValue)]);
const keyValueList = message([1, 'values', of(keyValue), 'many']);

const logRecord = message(
  [1, 'timeUnixNano', of('uint64')],
  [2, 'severityNumber', of('int32')],
  [3, 'severityText', of('text')],
  [5, 'body', of(anyValue)],
  [6, 'attributes', of(keyValue), 'many'],
  [8, 'flags', of('int32')],
  [9, 'traceId', of('hex')],
  [10, 'spanId', of('hex')],
  [11, 'observedTimeUnixNano', of('uint64')],
  [12, 'eventName', of('text')],
);
const scope = message([1, 'name', of('text')], [2, 'version', of('text')], [3, 'attributes', of(keyValue), 'many']);
const scopeLogs = message(
  [1, 'scope', of(scope)],
  [2, 'logRecords', of(logRecord), 'many'],
  [3, 'schemaUrl', of('text')],
);
const resource = message([1, 'attributes', of(keyValue), 'many']);
const resourceLogs = message(
  [1, 'resource', of(resource)],
  [2, 'scopeLogs', of(scopeLogs), 'many'],
  [3, 'schemaUrl', of('text')],
  // Its name until 1.0: a part of the fleet still sends it.
  [1000, 'scopeLogs', of(scopeLogs), 'many'],
);

/** ExportLogsServiceRequest. */
export const exportLogs = message([1, 'resourceLogs', of(resourceLogs), 'many']);
