import { otlp } from '../../services/collection/src/listeners/formats.js';
import type { Attack } from './attack.js';

const body = (timeUnixNano: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'text' }, timeUnixNano }] }] }],
    }),
  );

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
    String(otlp.read(body('1762077600000000000'))[0]) === '{"@timestamp":"2025-11-02T10:00:00.000Z","message":"text"}',
  attack: () => {
    let events: string[] = [];
    const digits = digitsMadeNumbers(() => {
      events = otlp.read(body('9'.repeat(1_000_000))).map(String);
    });
    return digits < 100 && events.join() === '{"message":"text"}' ? 'refused' : 'succeeded';
  },
  mutation: {
    file: 'services/collection/src/listeners/formats.ts',
    find: '/^\\d{1,19}$/.test(nanos)',
    replace: '/^\\d+$/.test(nanos)',
  },
};
