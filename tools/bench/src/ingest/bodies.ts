/** The same events as each way in carries them. */
import { bytesField } from '../../../../services/collection/src/listeners/protobuf.js';
import type { MutatedParser } from '../mutations/line-forms.js';

/** `kafka`: lines in one message; `kafka-each`: a message of each event. */
export const WAYS = ['kafka', 'kafka-each', 'http', 'hec', 'otlp-json', 'otlp-protobuf', 'syslog-tcp'] as const;
export type MeasuredWay = (typeof WAYS)[number];

const EVENTS_A_BODY = 500;
const LINE_END = Buffer.from('\n');

const isJson = (line: Buffer): boolean => line[0] === 0x7b;

/** So many lines of a parser, its own again and again; those with a line break inside are left out. */
export const linesOf = ({ own }: MutatedParser, count: number): Buffer[] => {
  const lines = own.map((line) => Buffer.from(line)).filter((line) => !line.includes(10));
  return Array.from({ length: count }, (_, nth) => lines[nth % lines.length]!);
};

/** What native JSON the lines are: what the floor parses. */
export const nativeOf = (lines: readonly Buffer[]): Buffer[] =>
  lines.map((line) => (isJson(line) ? line : Buffer.from(JSON.stringify({ message: String(line) }))));

const joined = (lines: readonly Buffer[]): Buffer => Buffer.concat(lines.flatMap((line) => [line, LINE_END]));

const hecEvent = (line: Buffer): string =>
  `{"time":1793611200.25,"event":${isJson(line) ? String(line) : JSON.stringify(String(line))}}`;

const inJson = (lines: readonly Buffer[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: lines.map((line) => ({
                timeUnixNano: '1793611200250000000',
                body: { stringValue: String(line) },
              })),
            },
          ],
        },
      ],
    }),
  );

const TIME = Buffer.concat([Buffer.from([9]), Buffer.alloc(8)]);
TIME.writeBigUInt64LE(1_793_611_200_250_000_000n, 1);
const field = (number: number, ...parts: Buffer[]): Buffer => bytesField(number, Buffer.concat(parts));
const inProtobuf = (lines: readonly Buffer[]): Buffer =>
  field(1, field(2, ...lines.map((line) => field(2, TIME, field(5, bytesField(1, line))))));

const bodyOf = (way: MeasuredWay, lines: readonly Buffer[]): Buffer[] => {
  switch (way) {
    case 'kafka-each':
      return [...lines];
    case 'hec':
      return [Buffer.from(lines.map(hecEvent).join(''))];
    case 'otlp-json':
      return [inJson(lines)];
    case 'otlp-protobuf':
      return [inProtobuf(lines)];
    default:
      return [joined(lines)];
  }
};

export const bodiesOf = (way: MeasuredWay, lines: readonly Buffer[]): Buffer[] => {
  const bodies: Buffer[] = [];
  for (let from = 0; from < lines.length; from += EVENTS_A_BODY)
    bodies.push(...bodyOf(way, lines.slice(from, from + EVENTS_A_BODY)));
  return bodies;
};
