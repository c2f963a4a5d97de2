import { keptKeyOf, type CarriedPlace } from './kept-streams.js';

const at = Date.UTC(2026, 10, 2, 10, 59, 59, 999);
const place: CarriedPlace = { tenant: 'acme', partition: 3, timestamp: at, isRetried: false };

it('keeps findings by the hour in which Kafka took them, and by partition', () => {
  expect(keptKeyOf(place)).toBe('2026-11-02T10-3');
  expect(keptKeyOf({ ...place, timestamp: at + 1 })).toBe('2026-11-02T11-3');
});

it('keeps what came back from the dead letters apart: offsets there are others', () =>
  expect(keptKeyOf({ ...place, isRetried: true })).toBe('2026-11-02T10-retry-3'));
