import { envelopeOf, topicsOf } from '#libs/events';
import type { Envelope } from '#libs/model';
import { everyTenant } from '#libs/store';
import { eachOf } from '../../../../cli/src/index.js';
import { withStore, type DisturbedPlace } from '../place/place.js';
import { KEEPERS } from '../place/keepers.js';
import { checked, type OracleCheck } from './check.js';
import { coordinatesOf } from './coordinates.js';

const COMMIT_SPAN = 2 ** 20;
const positionOf = ({ version, index }: { version: number; index: number }): number => version * COMMIT_SPAN + index;
const textOf = (position: number): string => `${Math.floor(position / COMMIT_SPAN)}.${position % COMMIT_SPAN}`;

/** What Kafka carries of a stream. */
interface CarriedStream {
  seen: Set<number>;
  /** Facts of each commit. */
  counts: Map<number, number>;
}

const note = (streams: Map<string, CarriedStream>, { subject, sequence }: Envelope): boolean => {
  if (!sequence) return false;
  const stream = streams.get(subject) ?? { seen: new Set<number>(), counts: new Map<number, number>() };
  streams.set(subject, stream);
  const isNew = !stream.seen.has(positionOf(sequence));
  stream.seen.add(positionOf(sequence));
  stream.counts.set(sequence.version, sequence.count);
  return isNew;
};

/** Versions from 1 on without a gap, each with all of its facts. */
const gapsOf = (subject: string, { seen, counts }: CarriedStream): string[] => {
  const failures: string[] = [];
  const last = Math.max(...counts.keys());
  for (let version = 1; version <= last; version += 1) {
    const count = counts.get(version);
    if (count === undefined) failures.push(`lost: ${subject} has no version ${version} of ${last} on Kafka`);
    for (let index = 0; index < (count ?? 0); index += 1)
      if (!seen.has(positionOf({ version, index })))
        failures.push(`lost: ${subject} lacks ${version}.${index} of ${count} on Kafka`);
  }
  return failures;
};

/** What the owners' stores hold and Kafka does not carry. */
const unsent = async (place: DisturbedPlace, streams: ReadonlyMap<string, CarriedStream>): Promise<string[]> => {
  const failures: string[] = [];
  for (const service of KEEPERS)
    await withStore(place, service, async (store) => {
      for await (const { envelope } of store.replay(everyTenant)) {
        const { subject, sequence, type } = envelope;
        if (sequence && !streams.get(subject)?.seen.has(positionOf(sequence)))
          failures.push(`stuck: ${type} ${subject} ${sequence.version}.${sequence.index} was never sent by ${service}`);
      }
    });
  return failures;
};

/**
 * Facts by the version of their stream: none is missing, and first occurrences come in order on each topic. Facts that
 * were sent again after a crash are dropped by whoever hears them, and counted here.
 */
export const streamCheck = async (place: DisturbedPlace): Promise<OracleCheck> => {
  const streams = new Map<string, CarriedStream>();
  const last = new Map<string, number>();
  const failures: string[] = [];
  let again = 0;
  await eachOf(place.broker, topicsOf({ kind: 'events' }), (record) => {
    const envelope = envelopeOf(record.headers);
    if (!envelope.sequence) return;
    if (!note(streams, envelope)) {
      again += 1;
      return;
    }
    const lane = `${record.topic} ${envelope.subject}`;
    const [before, now] = [last.get(lane) ?? 0, positionOf(envelope.sequence)];
    if (now < before)
      failures.push(`reordered: ${envelope.subject} ${textOf(now)} after ${textOf(before)}, ${coordinatesOf(record)}`);
    last.set(lane, Math.max(before, now));
  });
  for (const [subject, stream] of streams) failures.push(...gapsOf(subject, stream));
  failures.push(...(await unsent(place, streams)));
  return checked('streams', streams.size, failures, `${again} facts came again`);
};
