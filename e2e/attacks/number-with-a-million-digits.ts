import { otlp } from '../../services/collection/src/listeners/otlp.js';
import type { Attack } from './attack.js';

const body = (timeUnixNano: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'text' }, timeUnixNano }] }] }],
    }),
  );

const events = (sent: Buffer): string[] =>
  otlp.read(sent, { contentType: 'application/json', query: new URLSearchParams() }).events.map(String);

/** Digits that were made a number of any size, for which the cost grows faster than they do. */
const digitsMadeNumbers = (work: () => void): number => {
  const real = globalThis.BigInt;
  let most = 0;
  const watched = (value: string | number | bigint | boolean): bigint => {
    most = Math.max(most, String(value).length);
    return real(String(value).length > 1_000 ? 0 : value);
  };
  globalThis.BigInt = Object.assign(watched, real) as unknown as BigIntConstructor;
  try {
    work();
  } finally {
    globalThis.BigInt = real;
  }
  return most;
};

/** One field of one record, and the thread is busy with it; or the whole request is lost for it. */
export const numberWithAMillionDigits: Attack = {
  name: 'number-with-a-million-digits',
  line: 11,
  control: () =>
    events(body('1762077600000000000')).join() ===
    '{"by":"otlp","at":1762077600000,"said":{"timeUnixNano":"1762077600000000000"},"event":"text"}',
  attack: () => {
    let read: string[] = [];
    const digits = digitsMadeNumbers(() => {
      read = events(body('9'.repeat(1_000_000)));
    });
    return digits < 100 && read.join() === '{"by":"otlp","flags":["time-impossible"],"event":"text"}'
      ? 'refused'
      : 'succeeded';
  },
  mutation: {
    file: 'services/collection/src/listeners/otlp.ts',
    find: 'const DIGITS = /^\\d{1,20}$/;',
    replace: 'const DIGITS = /^\\d+$/;',
  },
};
