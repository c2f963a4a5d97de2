import type { BodyFormat } from '../../services/collection/src/listeners/body-format.js';
import { ndjson } from '../../services/collection/src/listeners/formats.js';
import { hecEvents } from '../../services/collection/src/listeners/hec-formats.js';
import { otlp } from '../../services/collection/src/listeners/otlp.js';
import type { Attack } from './attack.js';

const MIB = 1024 * 1024;

const FACTS = { contentType: 'application/json', query: new URLSearchParams() };

/** A body of 8 MiB that holds as many events as can be, by format. */
const BODIES: [BodyFormat, () => string][] = [
  [ndjson, () => '0\n'.repeat(4 * MIB)],
  [ndjson, () => `[${'{},'.repeat(2 * MIB)}{}]`],
  [hecEvents, () => '{"event":1}'.repeat(Math.floor((8 * MIB) / 11))],
  [otlp, () => `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${'{},'.repeat(2 * MIB)}{}]}]}]}`],
];

const refused = ([format, body]: [BodyFormat, () => string]): boolean => {
  try {
    format.read(Buffer.from(body()), FACTS);
    return false;
  } catch (error) {
    return (error as { status?: number }).status === 413;
  }
};

/** A request within its bytes holds millions of events, each of which costs a hundred times its bytes. */
export const eventsWithoutNumber: Attack = {
  name: 'events-without-number',
  line: 11,
  control: () => ndjson.read(Buffer.from('{"a":1}\n'.repeat(90_000)), FACTS).events.length === 90_000,
  attack: () => (BODIES.every(refused) ? 'refused' : 'succeeded'),
  mutation: {
    file: 'services/collection/src/listeners/body-format.ts',
    find: 'if (events.length > MOST_EVENTS) throw',
    replace: 'if (events.length < 0) throw',
  },
};
