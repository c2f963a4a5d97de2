import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import type { HostJournal } from '../domain/journals.js';

const seenAt = ({ lastOccurredAt, hosts }: TelemetryReceived): number | undefined =>
  hosts?.length ? (lastOccurredAt ?? undefined) : undefined;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const merged = (known: HostJournal['hosts'], told: string[], at: number): HostJournal['hosts'] => {
  const byName = new Map(known.map((one) => [one.host, one]));
  for (const host of told) {
    const before = byName.get(host);
    byName.set(host, { host, first: Math.min(before?.first ?? at, at), last: Math.max(before?.last ?? at, at) });
  }
  return [...byName.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
};

/** One document a source and UTC day: which devices told something, by the time of their events. In any order, any number of times. */
export const hostJournal: View<HostJournal, TelemetryReceived> & { indexes: readonly string[] } = {
  name: 'host-journal',
  indexes: ['day'],
  hears: ['telemetry.received'],
  keys: ({ message }) => {
    const at = seenAt(message);
    return at === undefined ? [] : [`${message.source}@${dayOf(at)}`];
  },
  show: (doc, { message }) => {
    const at = seenAt(message);
    if (at === undefined) return doc;
    return { source: message.source, day: dayOf(at), hosts: merged(doc?.hosts ?? [], message.hosts ?? [], at) };
  },
};
