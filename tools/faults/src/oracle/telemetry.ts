import { resolve } from 'node:path';
import type { TelemetryEnriched, TelemetryEvent, TelemetryNormalized, TelemetryReceived } from '#contracts';
import { decode, fromRecord, type InRecord } from '#libs/events';
import { eachOf } from '../../../../cli/src/index.js';
import { idsInLake } from '../../../../services/hunting/src/lake/ids.js';
import type { DisturbedPlace } from '../place/place.js';
import { checked, type OracleCheck } from './check.js';
import { coordinatesOf } from './coordinates.js';
import { goodOf, type Sent, type SentLine } from './sent.js';

const NORMALIZED = 'vigie.telemetry.normalized';
const ENRICHED = 'vigie.telemetry.enriched';
const RECEIVED = 'vigie.telemetry.received';

const eventsOf = (record: InRecord): TelemetryEvent[] => {
  const { message } = fromRecord(record);
  const batch = message.type === 'telemetry.enriched' ? decode((message as TelemetryEnriched).batch) : message;
  return (batch as TelemetryNormalized).events;
};

const isBefore = (a: SentLine, b: SentLine): boolean =>
  a.offset < b.offset || (a.offset === b.offset && a.index < b.index);

/**
 * Of a topic of batches: each good event is in one, none is that was not sent, and the first occurrences of an entity's
 * events come in the order in which they were sent. What was read again after a fault comes again under its id.
 */
const batches = async ({ broker }: DisturbedPlace, topic: string, sent: Sent): Promise<OracleCheck> => {
  const seen = new Set<string>();
  const last = new Map<string, SentLine>();
  const failures: string[] = [];
  let again = 0;
  await eachOf(broker, [topic], (record) => {
    for (const { id, entity } of eventsOf(record)) {
      const line = sent.lines.get(id);
      if (!line?.isGood) failures.push(`doubled: ${id} in ${coordinatesOf(record)} is no line that was sent`);
      if (seen.has(id)) again += 1;
      if (seen.has(id) || !line) continue;
      seen.add(id);
      const lane = `${line.tenant}/${entity}/${line.partition}`;
      const before = last.get(lane);
      if (before && isBefore(line, before))
        failures.push(`reordered: ${line.at} of ${entity} comes after ${before.at}, in ${coordinatesOf(record)}`);
      else last.set(lane, line);
    }
  });
  const good = goodOf(sent);
  failures.push(...good.filter((id) => !seen.has(id)).map((id) => `lost: ${sent.lines.get(id)?.at} (${id})`));
  return checked(topic, good.length, failures, `${again} events came again under their ids`);
};

/** Receipts: every offset of the partners' topics is in one; an offset told again is told alike. */
const receipts = async ({ broker, tenants }: DisturbedPlace, sent: Sent): Promise<OracleCheck> => {
  const ranges = new Map<string, { from: number; to: number }[]>();
  await eachOf(broker, [RECEIVED], (record) => {
    const { envelope, message } = fromRecord<TelemetryReceived>(record);
    if (!tenants.includes(envelope.tenant)) return;
    const place = `${message.topic}/${message.partition}`;
    ranges.set(place, [...(ranges.get(place) ?? []), { from: message.fromOffset, to: message.toOffset }]);
  });
  const failures: string[] = [];
  let [again, all] = [0, 0];
  for (const [place, end] of sent.ends) {
    let next = 0;
    const told = (ranges.get(place) ?? []).sort((a, b) => a.from - b.from);
    for (const { from, to } of told) {
      if (from > next) failures.push(`lost: no receipt of ${place}@${next} to ${from - 1}`);
      if (from < next) again += 1;
      next = Math.max(next, to + 1);
    }
    all += told.length;
    if (next < end) failures.push(`lost: no receipt of ${place}@${next} to ${end - 1}`);
    if (next > end) failures.push(`doubled: a receipt of ${place}@${next - 1}, which is not there`);
  }
  return checked(RECEIVED, all, failures, `${again} receipts tell of offsets that were told before`);
};

/** The lake, as questions see it: one row an event. */
const lake = async ({ up, tenants }: DisturbedPlace, sent: Sent): Promise<OracleCheck> => {
  const rows = new Set<string>();
  for (const tenant of tenants)
    for (const id of await idsInLake(resolve(up.installation.dir, 'lake'), tenant)) rows.add(id);
  const good = goodOf(sent);
  return checked('lake', good.length, [
    ...good.filter((id) => !rows.has(id)).map((id) => `lost: ${sent.lines.get(id)?.at} (${id}) has no row`),
    ...[...rows].filter((id) => !sent.lines.get(id)?.isGood).map((id) => `doubled: row ${id} is no line that was sent`),
  ]);
};

/** What became of the telemetry itself. */
export const telemetryChecks = async (place: DisturbedPlace, sent: Sent): Promise<OracleCheck[]> => [
  await receipts(place, sent),
  await batches(place, NORMALIZED, sent),
  await batches(place, ENRICHED, sent),
  await lake(place, sent),
];
