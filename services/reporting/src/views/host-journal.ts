import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import type { HostJournal } from '../domain/journals/index.js';

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const keyOf = (source: string, at: number): string => `${source}@${dayOf(at)}`;

const merged = (known: HostJournal['hosts'], told: { host: string; at: number }[]): HostJournal['hosts'] => {
  const byName = new Map(known.map((one) => [one.host, one]));
  for (const { host, at } of told) {
    const before = byName.get(host);
    byName.set(host, { host, first: Math.min(before?.first ?? at, at), last: Math.max(before?.last ?? at, at) });
  }
  return [...byName.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
};

/** Every time at which a device was seen, as far as receipts tell: its first and its last in each. */
const sightings = ({ hosts }: TelemetryReceived): { host: string; at: number }[] =>
  (hosts ?? []).flatMap(({ host, firstOccurredAt, lastOccurredAt }) => [
    { host, at: firstOccurredAt },
    { host, at: lastOccurredAt },
  ]);

/**
 * One document a source and UTC day: which devices told something, by the time of their own events. In any order, any
 * number of times, and however the receipts are cut when telemetry is read again.
 */
export const hostJournal: View<HostJournal, TelemetryReceived> & { indexes: readonly string[] } = {
  name: 'host-journal',
  indexes: ['day'],
  hears: ['telemetry.received'],
  keys: ({ message }) => [...new Set(sightings(message).map(({ at }) => keyOf(message.source, at)))],
  show: (doc, { message }, key) => {
    const told = sightings(message).filter(({ at }) => keyOf(message.source, at) === key);
    const [first] = told;
    return first ? { source: message.source, day: dayOf(first.at), hosts: merged(doc?.hosts ?? [], told) } : doc;
  },
};
